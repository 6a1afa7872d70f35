from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockenv.settings.network import ExistingNetwork, NetworkKind, load_balancer_of
from mockenv.settings.problems import Problem
from mockenv.settings.resolve import resolve_environment

Write = Callable[[str], Path]
Ask = Callable[[str], Problem]

MINIMAL = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"
SUBNETS = "task_subnet_ids: [subnet-0a1b2c3d, subnet-1a1b2c3d]"
VPC = f"vpc_id: vpc-0a1b2c3d, {SUBNETS}"
LISTENER = (
    "listener_arn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:"
    "listener/app/inner/0123456789abcdef/0123456789abcdef'"
)
GROUP = "load_balancer_security_group_id: sg-0a1b2c3d"


def environment(text: str) -> str:
    return f"{MINIMAL}environments:\n  {text}\n"


def test_an_environment_is_in_the_shared_network_unless_it_says_otherwise(
    settings_file: Write,
) -> None:
    assert resolve_environment(settings_file(MINIMAL), "dev").network_choice is NetworkKind.SHARED
    text = environment("dev: {network: dedicated}")
    chosen = resolve_environment(settings_file(text), "dev").network_choice
    assert chosen is NetworkKind.DEDICATED


def test_a_vpc_can_be_brought_by_an_environment_or_for_all(settings_file: Write) -> None:
    own = resolve_environment(settings_file(environment(f"dev: {{network: {{{VPC}}}}}")), "dev")
    assert isinstance(own.network_choice, ExistingNetwork)
    assert own.network_choice.vpc_id == "vpc-0a1b2c3d"
    text = f"{MINIMAL}network: {{existing: {{{VPC}, {LISTENER}, {GROUP}}}}}\n"
    shared = resolve_environment(settings_file(text), "dev")
    assert shared.network_choice is NetworkKind.SHARED
    assert shared.network.existing is not None


@pytest.mark.parametrize(
    ("network", "key", "right"),
    [
        ("private", "", "shared, dedicated, or the keys of a VPC"),
        ("existing", "", "vpc_id"),
        ("3", "", "shared, dedicated"),
        ("[vpc-0a1b2c3d]", "", "shared, dedicated"),
        ("{vpc_id: vpc-0a1b2c3d}", ".task_subnet_ids", "add task_subnet_ids:"),
        (f"{{vpc_id: 0a1b2c3d, {SUBNETS}}}", ".vpc_id", "looks like vpc-"),
        ("{vpc_id: vpc-0a1b2c3d, task_subnet_ids: [subnet-0a1b2c3d]}", ".task_subnet_ids", "2"),
        (f"{{{VPC}, inner_subnet_ids: [subnet-0a1b2c3d]}}", "", "one in each zone"),
        (
            f"{{{VPC}, inner_subnet_ids: [subnet-2a1b2c3d, subnet-2a1b2c3d]}}",
            ".inner_subnet_ids",
            "twice",
        ),
        (f"{{{VPC}, {LISTENER}}}", "", "go together"),
        (f"{{{VPC}, gateway_link_id: abc123}}", "", "needs the listener_arn"),
        (f"{{{VPC}, listener_port: 8081}}", "", "is that of listener_arn"),
        (f"{{{VPC}, {LISTENER}, {GROUP}, listener_port: 0}}", ".listener_port", "1"),
        (f"{{{VPC}, listener_arn: inner}}", ".listener_arn", "a whole ARN"),
    ],
)
def test_an_existing_network_that_is_none_is_refused(
    problem: Ask, network: str, key: str, right: str
) -> None:
    found = problem(environment(f"dev: {{network: {network}}}"))
    assert (found.line, found.key) == (5, f"environments.dev.network{key}")
    assert right in found.right


@pytest.mark.parametrize(
    ("network", "right"),
    [
        (f"{{existing: {{{VPC}}}, nat: gateway}}", "remove cidr, nat and zones"),
        (f"{{existing: {{{VPC}, {LISTENER}, {GROUP}}}, load_balancers: [1, 9]}}", "load balancer"),
        ("{load_balancers: [2]}", "rise from 1"),
        ("{load_balancers: [1, 7, 7]}", "rise from 1"),
        ("{load_balancers: [1, 40001]}", "end at 40000"),
        ("{load_balancers: []}", "at least 1"),
        ("{zones: [eu-west-3a]}", "at least 2"),
        ("{zones: [eu-west-3a, eu-west-3a]}", "named twice"),
        ("{zones: [euw3-az1, eu-west-3c]}", "such as eu-west-3a"),
        (f"{{existing: {{{VPC}}}, zones: [eu-west-3a, eu-west-3c]}}", "remove cidr, nat and zones"),
    ],
)
def test_a_shared_network_that_contradicts_itself_is_refused(
    problem: Ask, network: str, right: str
) -> None:
    assert right in problem(f"{MINIMAL}network: {network}\n").right


def test_pull_requests_take_turns_among_the_load_balancers(settings_file: Write) -> None:
    file = settings_file(f"{MINIMAL}network: {{load_balancers: [1, 480]}}\n")
    numbers = [1, 2, 479, 480, 481, 482]
    found = [resolve_environment(file, f"pr-{number}").load_balancer for number in numbers]
    assert found == [1, 1, 1, 1, 2, 1]


PULL_REQUESTS = st.integers(1, 40_000)


@given(st.lists(PULL_REQUESTS, max_size=9, unique=True), PULL_REQUESTS, PULL_REQUESTS)
def test_one_more_load_balancer_moves_nobody(starts: list[int], new: int, number: int) -> None:
    before = (1, *sorted(start for start in starts if 1 < start < new))
    if new > before[-1] and number < new:
        assert load_balancer_of(number, (*before, new)) == load_balancer_of(number, before)


@given(st.integers(2, 10), st.integers(10, 30_000))
def test_load_balancers_that_are_there_get_as_many_as_each_other(count: int, first: int) -> None:
    starts = tuple(range(1, count + 1))
    served = [load_balancer_of(first + turn, starts) for turn in range(count * 3)]
    assert {served.count(balancer) for balancer in range(1, count + 1)} == {3}


def test_a_named_environment_says_its_load_balancer_itself(settings_file: Write) -> None:
    """By a number it would move when a load balancer is added."""
    text = f"{MINIMAL}network: {{load_balancers: [1, 480]}}\nenvironments:\n"
    text += "  dev: {priority: 40001}\n  int: {priority: 40002, load_balancer: 2}\n"
    file = settings_file(text)
    assert [resolve_environment(file, name).load_balancer for name in ("dev", "int")] == [1, 2]


@pytest.mark.parametrize(
    ("name", "keys", "right"),
    [
        ("dev", "load_balancer: 2", "add one to network.load_balancers"),
        ("dev", "network: dedicated, load_balancer: 1", "remove this key"),
        ("pr-*", "load_balancer: 1", "remove this key"),
        ("'*'", "load_balancer: 1", "remove this key"),
        ("pr-7", "deployment: blue-green", "under its own name"),
        ("p*", "deployment: blue-green", "under its own name"),
    ],
)
def test_what_a_name_does_not_go_with_is_refused(
    problem: Ask, name: str, keys: str, right: str
) -> None:
    found = problem(environment(f"{name}: {{{keys}}}"))
    assert found.line == 5
    assert right in found.right
