"""Which of a resource's settings a service repeats when it is asked for the resource."""

from collections.abc import Iterator, Mapping
from typing import Any

# Said in many ways, and looked at by other checks.
LEFT_ASIDE = {"tags"}


def unrepeated(properties: Mapping[str, Any], answer: Any) -> tuple[int, list[str]]:
    """Count a template's literal settings; name those that an answer does not repeat.

    A setting is a name and a value without parts. Names count without case, as services write them
    differently; a service that calls a setting by another name does not repeat it.
    """
    wanted = sorted({leaf for leaf in _leaves("", properties) if leaf[0] not in LEFT_ASIDE})
    told = set(_leaves("", answer))
    return len(wanted), [name for name, value in wanted if (name, value) not in told]


def _leaves(name: str, node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if not _is_function(node) and key.lower() not in LEFT_ASIDE:
                yield from _leaves(key, value)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _leaves(name, each)
    elif node is not None:
        yield name.lower(), _text(node)


def _is_function(node: Mapping[str, Any]) -> bool:
    """CloudFormation puts a value there that the template does not know."""
    return len(node) == 1 and next(iter(node)).startswith(("Ref", "Fn::"))


def _text(value: Any) -> str:
    """Write a number or a truth value as the same text, whichever side says it how."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower()
