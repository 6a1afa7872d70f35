"""What of a template comes before what: by reference, and by DependsOn."""

from collections.abc import Iterator
from typing import Any


def needed_by(template: dict[str, Any], logical_id: str) -> set[str]:
    """Return all resources that are there before this one, and until it is gone."""
    resources = template["Resources"]
    found: set[str] = set()
    ahead = [logical_id]
    while ahead:
        new = set(_direct(resources[ahead.pop()])) & resources.keys() - found
        found |= new
        ahead += new
    return found


def _direct(resource: dict[str, Any]) -> Iterator[str]:
    depends_on = resource.get("DependsOn", [])
    yield from [depends_on] if isinstance(depends_on, str) else depends_on
    yield from _references(resource.get("Properties", {}))


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _references(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref":
                yield value
            elif key == "Fn::GetAtt":
                yield value[0]
            else:
                yield from _references(value)
