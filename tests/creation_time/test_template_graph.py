from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creation_time.template_graph import read_graph
from mockenv.errors import ExitCode, MockenvError


def template(**resources: dict[str, Any]) -> dict[str, Any]:
    return {
        "Parameters": {"Vpc": {"Type": "String"}},
        "Resources": {name: {"Type": "T"} | resource for name, resource in resources.items()},
    }


def test_a_resource_waits_for_what_it_names_and_depends_on() -> None:
    found = read_graph(
        template(
            A={},
            B={},
            C={"DependsOn": "A"},
            D={"DependsOn": ["A", "B"], "Properties": {"Vpc": {"Ref": "Vpc"}}},
            E={"UpdatePolicy": {"Ref": "B"}},
        )
    )
    assert dict(found.needs) == {
        "A": frozenset(),
        "B": frozenset(),
        "C": {"A"},
        "D": {"A", "B"},
        "E": {"B"},
    }


def test_metadata_and_conditions_hold_nothing_up() -> None:
    found = read_graph(template(A={}, B={"Metadata": {"Ref": "A"}, "Condition": "A"}))
    assert found.needs["B"] == frozenset()


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(MockenvError, match="B refers to Gone, which is neither") as caught:
        read_graph(template(B={"Properties": {"Fn::GetAtt": ["Gone", "Arn"]}}))
    assert caught.value.exit_code is ExitCode.BAD_INPUT


def test_a_cycle_is_an_error_with_its_path() -> None:
    resources = {"A": {"DependsOn": "B"}, "B": {"DependsOn": "C"}, "C": {"DependsOn": "A"}}
    with pytest.raises(MockenvError, match="wait for each other: ") as caught:
        read_graph(template(**resources, D={"DependsOn": "A"}))
    path = caught.value.message.partition(": ")[2].split(" → ")
    assert path[0] == path[-1]
    for waiting, needed in pairwise(path):
        assert resources[waiting]["DependsOn"] == needed


@given(st.lists(st.sets(st.integers(0, 30)), max_size=30))
def test_everything_comes_after_what_it_needs(needs: list[set[int]]) -> None:
    resources = {
        f"R{index}": {"DependsOn": [f"R{other}" for other in others if other < index]}
        for index, others in enumerate(needs)
    }
    graph = read_graph(template(**resources))
    order = graph.in_order()
    assert sorted(order) == sorted(resources)
    for name, needed in graph.needs.items():
        assert all(order.index(each) < order.index(name) for each in needed)


def test_reversed_a_resource_waits_for_those_that_need_it() -> None:
    found = read_graph(template(A={}, B={"DependsOn": "A"}, C={"DependsOn": "A"})).reversed()
    assert dict(found.needs) == {"A": {"B", "C"}, "B": frozenset(), "C": frozenset()}
