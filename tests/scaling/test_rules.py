from itertools import pairwise

from mockenv.scaling import rules


def test_no_step_brings_the_load_down_to_quiet() -> None:
    """What was just added must not be what goes five minutes later."""
    for step in rules.SCALE_OUT_STEPS[:-1]:
        after = step.load_percent / (1 + step.change_percent / 100)
        assert after >= rules.QUIET_LOAD_PERCENT


def test_no_step_leaves_the_next_one_to_be_taken() -> None:
    for step, following in pairwise(rules.SCALE_OUT_STEPS):
        after = following.load_percent / (1 + step.change_percent / 100)
        assert after < rules.SCALE_OUT_STEPS[0].load_percent


def test_letting_tasks_go_never_calls_them_back() -> None:
    """Two tasks are the worst case: a quarter of them is rounded to one of two."""
    after = rules.QUIET_LOAD_PERCENT * 2
    assert after < rules.SCALE_OUT_STEPS[0].load_percent


def test_ten_tasks_become_two_hundred_in_one_step_where_the_load_says_so() -> None:
    assert 10 * (1 + rules.SCALE_OUT_STEPS[-1].change_percent / 100) == 200
