from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mockenv.cloud.balancer_load import balancer_notes, target_groups_by_balancer
from mockenv.cloud.inventory import Listed, read_listed
from mockenv.cloud.list_report import notes

GUID = "466df9e0-0dff-08e3-8e2f-5088487c4896"


def served(first: int, second: int = 0) -> list[Listed]:
    balancers = [1] * first + [2] * second
    return [Listed(f"pr-{n}", load_balancer=each) for n, each in enumerate(balancers, start=1)]


def test_target_groups_are_counted_by_their_load_balancer() -> None:
    own = Listed("dedicated", load_balancer=None)
    assert target_groups_by_balancer([own, *served(2, 3)]) == {1: 2, 2: 3}


def test_one_that_is_nearly_full_is_told_with_what_to_do() -> None:
    assert balancer_notes(served(85, 85)) == []
    (note,) = balancer_notes(served(12, 86))
    assert note.startswith("load balancer 2 has 86 target groups of environments, and room for 100")
    assert "add a number to network.load_balancers" in note


def test_blue_green_environments_fill_one_twice_as_fast() -> None:
    """Each has a group that serves and one that waits."""
    of_pairs = [replace(each, target_groups=2) for each in served(43)]
    assert target_groups_by_balancer([*of_pairs, *served(0, 1)]) == {1: 86, 2: 1}
    (note,) = balancer_notes(of_pairs)
    assert "1 has 86 target groups" in note


def test_it_stands_among_the_notes_of_a_list() -> None:
    listed = [Listed(e.environment, load_balancer=1, problem="torn") for e in served(86)]
    told = notes(listed, now=0)
    assert told[0] == "pr-1: torn"
    assert told[-1] in balancer_notes(listed)


@pytest.mark.parametrize(
    ("outputs", "load_balancer"),
    [([], None), ([("LoadBalancer", "own")], None), ([("LoadBalancer", "2")], 2)],
)
def test_a_stack_says_which_one_serves_it(
    outputs: list[tuple[str, str]], load_balancer: int | None
) -> None:
    """One of before there were several does not: it is counted from its next deploy on."""
    found = read_listed(described(outputs), "payments")
    assert found is not None
    assert found.problem is None
    assert found.load_balancer == load_balancer


@pytest.mark.parametrize(
    ("outputs", "target_groups"),
    [([], 1), ([("TargetGroups", "1")], 1), ([("TargetGroups", "2")], 2)],
)
def test_a_stack_says_how_many_groups_it_has(
    outputs: list[tuple[str, str]], target_groups: int
) -> None:
    """One of before it was said has one, unless it is blue-green: counted from its next deploy."""
    found = read_listed(described(outputs), "payments")
    assert found is not None
    assert found.target_groups == target_groups


def described(outputs: list[tuple[str, str]]) -> dict[str, Any]:
    name = "mockenv-payments-env-pr-1"
    tags = {"mockenv:project": "payments", "mockenv:environment": "pr-1", "mockenv:ttl": "8h"}
    return {
        "StackName": name,
        "StackId": f"arn:aws:cloudformation:eu-central-1:123456789012:stack/{name}/{GUID}",
        "StackStatus": "CREATE_COMPLETE",
        "CreationTime": datetime(2026, 11, 20, tzinfo=UTC),
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in outputs],
    }
