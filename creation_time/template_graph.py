"""Reads from a template which resource waits for which."""

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from creation_time.references import referred_names
from mockenv.errors import ExitCode, MockenvError

Template = Mapping[str, Any]
NOT_WAITED_FOR = {"Type", "Metadata", "Condition", "DependsOn"}  # DependsOn holds bare names


@dataclass(frozen=True)
class Graph:
    """Resources by logical id: the type of each, and what each needs before it can be created."""

    types: Mapping[str, str]
    needs: Mapping[str, frozenset[str]]

    def in_order(self) -> list[str]:
        """List all resources, each after those that it needs."""
        return list(TopologicalSorter(self.needs).static_order())

    def reversed(self) -> "Graph":
        """Return the graph of a deletion: each resource waits for those that need it."""
        needed_by = {
            name: frozenset(other for other, needs in self.needs.items() if name in needs)
            for name in self.types
        }
        return Graph(self.types, needed_by)


def read_graph(template: Template) -> Graph:
    """Return the graph of a synthesized template.

    Resources with a condition count as created. Raises MockenvError for a name that the template
    does not have, and for a cycle, with its path.
    """
    resources: Mapping[str, Any] = template["Resources"]
    known = resources.keys() | template.get("Parameters", {}).keys()
    needs = {name: _needs(name, resource, known) for name, resource in resources.items()}
    graph = Graph(
        types={name: resource["Type"] for name, resource in resources.items()},
        needs={name: found & resources.keys() for name, found in needs.items()},
    )
    _expect_no_cycle(graph)
    return graph


def _needs(name: str, resource: Mapping[str, Any], known: set[str]) -> frozenset[str]:
    waits_for = {key: value for key, value in resource.items() if key not in NOT_WAITED_FOR}
    stated = resource.get("DependsOn", [])
    found = {stated} if isinstance(stated, str) else set(stated)
    found |= set(referred_names(waits_for))
    if unknown := sorted(found - known):
        raise MockenvError(
            f"{name} refers to {unknown[0]}, which is neither a resource nor a parameter",
            next_step="synthesize the template again; CloudFormation would refuse this one",
            exit_code=ExitCode.BAD_INPUT,
        )
    return frozenset(found)


def _expect_no_cycle(graph: Graph) -> None:
    try:
        graph.in_order()
    except CycleError as error:
        path = " → ".join(reversed(error.args[1]))
        raise MockenvError(
            f"resources wait for each other: {path}",
            next_step="take one of these references or DependsOn out of the template",
            exit_code=ExitCode.BAD_INPUT,
        ) from error
