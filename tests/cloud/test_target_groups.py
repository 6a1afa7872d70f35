"""Two target groups, as a blue-green service has them."""

from collections.abc import Mapping, Sequence

from cloud.two_target_groups import BLUE, GREEN, RULE, SERVICE, TwoGroups
from mockenv.cloud.target_groups import TargetGroups, read_target_groups


def read(states: Mapping[str, Sequence[str]], weights: Mapping[str, int] | None) -> TargetGroups:
    return read_target_groups(TwoGroups(states, weights), SERVICE)


AFTER_A_SWAP = {BLUE: ["draining"], GREEN: ["healthy", "unhealthy"]}


def test_the_weights_say_which_group_serves() -> None:
    found = read(AFTER_A_SWAP, {BLUE: 0, GREEN: 100})
    assert [(each.name, each.weight, each.healthy) for each in found.groups] == [
        ("blue", 0, 0),
        ("green", 100, 1),
    ]
    assert found.repair() is None


def test_a_swap_that_was_undone_is_found_with_the_command_that_repairs_it() -> None:
    command = read(AFTER_A_SWAP, {BLUE: 100, GREEN: 0}).repair()
    assert command is not None
    assert f"--rule-arn {RULE} " in command
    assert f"{{TargetGroupArn={BLUE},Weight=0}},{{TargetGroupArn={GREEN},Weight=100}}" in command


def test_a_rule_that_sends_nothing_anywhere_is_repaired_too() -> None:
    assert read(AFTER_A_SWAP, None).repair() is not None


def test_nothing_can_be_repaired_while_nothing_is_healthy() -> None:
    assert read({BLUE: ["initial"], GREEN: []}, {BLUE: 100, GREEN: 0}).repair() is None


def test_one_group_serves_whatever_its_targets_are() -> None:
    rolling = {"loadBalancers": [{"targetGroupArn": BLUE}]}
    found = read_target_groups(TwoGroups({BLUE: ["unhealthy"]}, None), rolling)
    assert [each.weight for each in found.groups] == [1]
    assert found.repair() is None
