"""Which templates there are, of which kinds, and which of them hold all that the others do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from synthesized import Synthesized

SHARED_KINDS = ("network", "ttl-cleanup")
ENVIRONMENT = "environment"


def templates(synthesized: Synthesized) -> list[tuple[str, Path]]:
    """List every stack with its template's file."""
    folder = synthesized.folder
    return [(stack, folder / f"{stack}.template.json") for stack in synthesized.stacks()]


def kind_of(synthesized: Synthesized, stack: str) -> str:
    """Tell by its name on AWS whether a stack is shared, and which, or an environment's."""
    name: str = synthesized.manifest(stack)["stackName"]
    return next((kind for kind in SHARED_KINDS if name.endswith(f"-{kind}")), ENVIRONMENT)


def telling_templates(synthesized: Synthesized) -> list[tuple[str, Path]]:
    """List as few stacks as hold every property of every type of resource that any holds.

    The richest come first; a further one is taken only for what it alone has.
    """
    shapes = {stack: set(_shape(synthesized.template(stack))) for stack in synthesized.stacks()}
    seen: set[str] = set()
    chosen = []
    for stack in sorted(shapes, key=lambda name: (-len(shapes[name]), name)):
        if shapes[stack] - seen:
            chosen.append(stack)
        seen |= shapes[stack]
    return [(stack, file) for stack, file in templates(synthesized) if stack in chosen]


def _shape(template: dict[str, Any]) -> Iterator[str]:
    for resource in template["Resources"].values():
        for path in _paths(resource.get("Properties", {})):
            yield f"{resource['Type']}{path}"


def _paths(node: Any) -> Iterator[str]:
    yield ""
    if isinstance(node, list):
        for value in node:
            yield from _paths(value)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from (f".{key}{path}" for path in _paths(value))
