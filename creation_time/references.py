"""Finds the names that a template's values refer to."""

import re
from collections.abc import Iterator
from typing import Any

PLACEHOLDER = re.compile(r"\$\{([^!}][^}]*)\}")  # ${!Literal} is text
PSEUDO_PARAMETER = "AWS::"


def referred_names(value: Any) -> Iterator[str]:
    """Yield every name in Ref, Fn::GetAtt and Fn::Sub below a value, whatever function is around.

    Both branches of a Fn::If count, as the template alone does not say which one is taken.
    """
    if isinstance(value, list):
        for each in value:
            yield from referred_names(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _named_by(key, inner)


def _named_by(function: str, argument: Any) -> Iterator[str]:
    match function, argument:
        case "Ref", str():
            names = [argument]
        case "Fn::GetAtt", [str(name), *attribute]:
            names = [name, *referred_names(attribute)]
        case "Fn::GetAtt", str():
            names = [argument.partition(".")[0]]
        case "Fn::Sub", str():
            names = _placeholders(argument)
        case "Fn::Sub", [str(text), dict(values)]:
            names = [name for name in _placeholders(text) if name not in values]
            names += referred_names(list(values.values()))
        case _:
            names = list(referred_names(argument))
    yield from (name for name in names if not name.startswith(PSEUDO_PARAMETER))


def _placeholders(text: str) -> list[str]:
    return [name.strip().partition(".")[0] for name in PLACEHOLDER.findall(text)]
