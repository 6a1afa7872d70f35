"""A YAML loader whose every failure is a YAMLError with a line.

PyYAML's own lets a ValueError or KeyError out for a scalar such as 2026-13-45, and its C part
follows nesting by recursion until the process ends.
"""

from collections.abc import Callable, Iterator
from typing import Any

import yaml

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TextLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # leaves every scalar as it is written
SCALARS = ("bool", "float", "int", "timestamp")


class Loader(SafeLoader):  # type: ignore[misc, valid-type]  # one of two, by what is installed
    """The safe loader, in C where PyYAML has it."""


def check_nesting(text: str, deepest: int) -> None:
    """Raise yaml.MarkedYAMLError if collections nest deeper; to be called before composing."""
    level = 0
    events: Iterator[Any] = yaml.parse(text, Loader=Loader)
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            level += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            level -= 1
        if level > deepest:
            problem = f"more than {deepest} levels are nested here"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def _marked(construct: Callable[[Any, yaml.Node], Any]) -> Callable[[Any, yaml.Node], Any]:
    def construct_or_fail(loader: Any, node: yaml.Node) -> Any:
        try:
            return construct(loader, node)
        except (ArithmeticError, AttributeError, LookupError, ValueError) as error:
            problem = f"this is no {node.tag.rsplit(':', 1)[-1]}; text needs quotes"
            mark = node.start_mark
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark) from error

    return construct_or_fail


for scalar in SCALARS:
    construct = _marked(getattr(SafeLoader, f"construct_yaml_{scalar}"))
    Loader.add_constructor(f"tag:yaml.org,2002:{scalar}", construct)
