"""What AWS takes at most of single resources; sources as in limits.py."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Properties = dict[str, Any]

MOST_FUNCTION_VARIABLES_BYTES = 4096
MOST_CONTAINERS = 10
MOST_TASK_DEFINITION_BYTES = 65_536
MOST_ROLE_POLICY_CHARACTERS = 10_240  # all inline policies of a role together, without spaces
MOST_TAGS = 50
LONGEST_TAG_KEY, LONGEST_TAG_VALUE = 128, 256
LONGEST_ACCESS_LOG_FORMAT_BYTES = 3072
LONGEST_RULE_VALUE = 128
RULE_PRIORITIES = range(1, 50_001)


def broken_by(resource: dict[str, Any]) -> Iterator[str]:
    """Yield each limit that a resource breaks."""
    properties = resource.get("Properties", {})
    yield from FINDERS.get(resource["Type"], _nothing)(properties)
    yield from broken_tag_limits(properties)


def broken_tag_limits(properties: Properties) -> Iterator[str]:
    """Yield what is too much in the tags of a resource, or of a stack."""
    tags = properties.get("Tags", [])
    if not isinstance(tags, list):
        tags = [{"Key": key, "Value": value} for key, value in tags.items()]
    if len(tags) > MOST_TAGS:
        yield f"{len(tags)} tags"
    for tag in tags:
        if len(tag["Key"]) > LONGEST_TAG_KEY or len(tag["Value"]) > LONGEST_TAG_VALUE:
            yield f"the tag {tag['Key']} is too long"


def _function(properties: Properties) -> Iterator[str]:
    variables = properties.get("Environment", {}).get("Variables", {})
    size_bytes = sum(len(name) + len(_written(value)) for name, value in variables.items())
    if size_bytes > MOST_FUNCTION_VARIABLES_BYTES:
        yield f"its variables have {size_bytes} bytes"
    if len(properties.get("Description", "")) > 256:
        yield "its description is too long"


def _task(properties: Properties) -> Iterator[str]:
    containers = properties["ContainerDefinitions"]
    if len(containers) > MOST_CONTAINERS:
        yield f"{len(containers)} containers"
    if len(_written(properties)) > MOST_TASK_DEFINITION_BYTES:
        yield f"the task definition has {len(_written(properties))} bytes"
    names = Counter(container["Name"] for container in containers)
    yield from (f"{name} is there twice" for name, count in names.items() if count > 1)
    reserved = sum(c.get("Memory", c.get("MemoryReservation", 0)) for c in containers)
    if reserved > int(properties["Memory"]):
        yield f"containers reserve {reserved} of {properties['Memory']} MiB"


def _role(properties: Properties) -> Iterator[str]:
    policies = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
    yield from _policies(policies)


def _policy(properties: Properties) -> Iterator[str]:
    yield from _policies([properties["PolicyDocument"]])


def _policies(documents: list[Any]) -> Iterator[str]:
    characters = sum(len(_written(document).replace(" ", "")) for document in documents)
    if characters > MOST_ROLE_POLICY_CHARACTERS:
        yield f"its policies have {characters} characters"


def _rule(properties: Properties) -> Iterator[str]:
    if properties["Priority"] not in RULE_PRIORITIES:
        yield f"no rule has the priority {properties['Priority']}"
    for condition in properties["Conditions"]:
        for value in condition.get("HttpHeaderConfig", {}).get("Values", []):
            if len(value) > LONGEST_RULE_VALUE:
                yield f"{value} is too long for a condition"


def _stage(properties: Properties) -> Iterator[str]:
    log_format = properties.get("AccessLogSettings", {}).get("Format", "")
    if len(log_format.encode()) > LONGEST_ACCESS_LOG_FORMAT_BYTES:
        yield "the format of the access log is too long"


def _scaling(properties: Properties) -> Iterator[str]:
    if properties["MinCapacity"] > properties["MaxCapacity"]:
        yield "the fewest tasks are more than the most"


def _nothing(_: Properties) -> Iterator[str]:
    yield from ()


def _written(value: Any) -> str:
    """Write a value as it is sent; references count with their own lengths, about those of ids."""
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


FINDERS = {
    "AWS::Lambda::Function": _function,
    "AWS::ECS::TaskDefinition": _task,
    "AWS::IAM::Role": _role,
    "AWS::IAM::Policy": _policy,
    "AWS::ElasticLoadBalancingV2::ListenerRule": _rule,
    "AWS::ApiGatewayV2::Stage": _stage,
    "AWS::ApplicationAutoScaling::ScalableTarget": _scaling,
}
