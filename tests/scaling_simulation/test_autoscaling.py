import math

from scaling_simulation.autoscaling import AutoScaling
from scaling_simulation.rules import Policy, Rules, Step

OUT = Policy(180, 1, (Step(0, 10, 50), Step(10, 20, 100), Step(20, math.inf, 200)))
INTO = Policy(300, 1, (Step(0, math.inf, -25),))


def scaling(least: int = 10, most: int = 200) -> AutoScaling:
    return AutoScaling(Rules(least, most, ()))


def test_the_breach_chooses_the_step() -> None:
    for breach, tasks in ((0, 15), (9.9, 15), (10, 20), (500, 30)):
        tried = scaling()
        tried.invoke([(OUT, breach)], 0)
        assert tried.desired == tasks


def test_in_the_cooldown_only_a_larger_step_adds_and_only_the_difference() -> None:
    tried = scaling()
    for now, breach, tasks in ((0, 0, 15), (60, 0, 15), (120, 10, 20), (180, 10, 20)):
        tried.invoke([(OUT, breach)], now)
        assert tried.desired == tasks


def test_after_the_cooldown_the_next_step_counts_from_what_there_is() -> None:
    tried = scaling()
    tried.invoke([(OUT, 0)], 0)
    tried.invoke([(OUT, 0)], 180)
    assert tried.desired == 22  # half of 15 is rounded down


def test_tasks_go_once_in_a_cooldown() -> None:
    tried = scaling(least=1)
    tried.desired = 100
    for now, tasks in ((0, 75), (240, 75), (300, 57)):
        tried.invoke([(INTO, 0)], now)
        assert tried.desired == tasks


def test_scaling_out_goes_on_while_scaling_in_cools_down() -> None:
    tried = scaling(least=1)
    tried.desired = 100
    tried.invoke([(INTO, 0)], 0)
    tried.invoke([(OUT, 0)], 60)
    assert tried.desired == 112


def test_of_two_policies_the_larger_number_counts() -> None:
    tried = scaling(least=1)
    tried.desired = 100
    tried.invoke([(INTO, 0), (OUT, 0)], 0)
    assert tried.desired == 150


def test_less_than_one_task_is_one() -> None:
    tried = scaling(least=1)
    tried.desired = 2
    tried.invoke([(INTO, 0)], 0)
    assert tried.desired == 1
    tried.invoke([(OUT, 0)], 60)
    assert tried.desired == 2


def test_bounds_hold() -> None:
    tried = scaling(least=10, most=20)
    tried.invoke([(INTO, 0)], 0)
    assert tried.desired == 10
    tried.invoke([(OUT, 500)], 60)
    assert tried.desired == 20
