"""What AWS takes at most of a template, and what a template breaks of it.

Sources: CloudFormation user guide, "Quotas"; ECS, API Gateway (HTTP API), Lambda, ELB, IAM and S3
quota pages; the API references of the services for lengths of names.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from environments.physical_names import too_long
from environments.resource_limits import broken_by, broken_tag_limits

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
        for wrong in (*broken_by(resource), *too_long(resource)):
            yield f"{logical_id}: {wrong}"


def broken_tags(tags: dict[str, str]) -> Iterator[str]:
    """Yield what AWS would not take of a stack's own tags."""
    yield from broken_tag_limits(
        {"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
    )


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
