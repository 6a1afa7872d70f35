"""What AWS takes at most of a template, and what a template breaks of it.

Sources: CloudFormation user guide, "Quotas"; ECS, API Gateway (HTTP API), Lambda, ELB, IAM and S3
quota pages; the API references of the services for lengths of names.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from environments.physical_names import too_long

Template = dict[str, Any]

MOST_TEMPLATE_BYTES = 1_000_000
MOST = {"Resources": 500, "Parameters": 200, "Outputs": 200, "Mappings": 200}
LONGEST_LOGICAL_ID = 255
LONGEST_DESCRIPTION_BYTES = 1024
MOST_OF_A_TYPE = {
    "AWS::ApiGatewayV2::Route": 300,
    "AWS::ApiGatewayV2::Authorizer": 10,
    "AWS::ApiGatewayV2::Integration": 300,
    "AWS::EC2::VPC": 1,
}
MOST_FUNCTION_VARIABLES_BYTES = 4096
MOST_CONTAINERS = 10
MOST_TASK_DEFINITION_BYTES = 65_536
MOST_ROLE_POLICY_CHARACTERS = 10_240  # all inline policies of a role together, without spaces
MOST_TAGS = 50
LONGEST_TAG_KEY, LONGEST_TAG_VALUE = 128, 256
LONGEST_ACCESS_LOG_FORMAT_BYTES = 3072
LONGEST_RULE_VALUE = 128
RULE_PRIORITIES = range(1, 50_001)


def broken_limits(template: Template, text: str) -> Iterator[str]:
    """Yield each limit that a template breaks; `text` is the template as it is uploaded."""
    if len(text.encode()) > MOST_TEMPLATE_BYTES:
        yield f"the template has {len(text.encode())} bytes"
    for section, most in MOST.items():
        if len(template.get(section, {})) > most:
            yield f"{len(template[section])} {section}"
        for name in template.get(section, {}):
            if not (name.isascii() and name.isalnum() and len(name) <= LONGEST_LOGICAL_ID):
                yield f"{name} is no logical id"
    if len(template.get("Description", "").encode()) > LONGEST_DESCRIPTION_BYTES:
        yield "the description is too long"
    yield from _too_many_of_a_type(template)
    for logical_id, resource in template["Resources"].items():
        properties = resource.get("Properties", {})
        find = FINDERS.get(resource["Type"], _nothing)
        for wrong in (*find(properties), *_tags(properties), *too_long(resource)):
            yield f"{logical_id}: {wrong}"


def broken_tags(tags: dict[str, str]) -> Iterator[str]:
    """Yield what AWS would not take of a stack's own tags."""
    yield from _tags({"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]})


def _too_many_of_a_type(template: Template) -> Iterator[str]:
    counts = Counter(resource["Type"] for resource in template["Resources"].values())
    for kind, most in MOST_OF_A_TYPE.items():
        if counts[kind] > most:
            yield f"{counts[kind]} of {kind}"
    keys = Counter(
        resource["Properties"]["RouteKey"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::ApiGatewayV2::Route"
    )
    yield from (f"{key} is there {count} times" for key, count in keys.items() if count > 1)


def _function(properties: Template) -> Iterator[str]:
    variables = properties.get("Environment", {}).get("Variables", {})
    size_bytes = sum(len(name) + len(_written(value)) for name, value in variables.items())
    if size_bytes > MOST_FUNCTION_VARIABLES_BYTES:
        yield f"its variables have {size_bytes} bytes"
    if len(properties.get("Description", "")) > 256:
        yield "its description is too long"


def _task(properties: Template) -> Iterator[str]:
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


def _role(properties: Template) -> Iterator[str]:
    policies = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
    yield from _policies(policies)


def _policy(properties: Template) -> Iterator[str]:
    yield from _policies([properties["PolicyDocument"]])


def _policies(documents: list[Any]) -> Iterator[str]:
    characters = sum(len(_written(document).replace(" ", "")) for document in documents)
    if characters > MOST_ROLE_POLICY_CHARACTERS:
        yield f"its policies have {characters} characters"


def _rule(properties: Template) -> Iterator[str]:
    if properties["Priority"] not in RULE_PRIORITIES:
        yield f"no rule has the priority {properties['Priority']}"
    for condition in properties["Conditions"]:
        for value in condition.get("HttpHeaderConfig", {}).get("Values", []):
            if len(value) > LONGEST_RULE_VALUE:
                yield f"{value} is too long for a condition"


def _stage(properties: Template) -> Iterator[str]:
    log_format = properties.get("AccessLogSettings", {}).get("Format", "")
    if len(log_format.encode()) > LONGEST_ACCESS_LOG_FORMAT_BYTES:
        yield "the format of the access log is too long"


def _scaling(properties: Template) -> Iterator[str]:
    if properties["MinCapacity"] > properties["MaxCapacity"]:
        yield "the fewest tasks are more than the most"


def _tags(properties: Template) -> Iterator[str]:
    tags = properties.get("Tags", [])
    if not isinstance(tags, list):
        tags = [{"Key": key, "Value": value} for key, value in tags.items()]
    if len(tags) > MOST_TAGS:
        yield f"{len(tags)} tags"
    for tag in tags:
        if len(tag["Key"]) > LONGEST_TAG_KEY or len(tag["Value"]) > LONGEST_TAG_VALUE:
            yield f"the tag {tag['Key']} is too long"


def _nothing(_: Template) -> Iterator[str]:
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
