from scaling_simulation.outcome import outcome
from scaling_simulation.run import Second


def second(tasks: int, refused: float = 0) -> Second:
    return Second(offered=10, refused=refused, capacity=10, tasks=tasks, desired=tasks)


def test_the_figures_of_a_run() -> None:
    found = outcome([second(1), second(3, refused=5), second(3), second(2), second(4)])
    assert found.refused_percent == 10
    assert found.refusing_seconds == 1
    assert (found.most_tasks, found.fewest_after, found.turns) == (4, 2, 2)
    assert found.task_hours == 13 / 3600


def test_tasks_that_never_fall_end_where_they_are() -> None:
    found = outcome([second(1), second(3), second(3)])
    assert (found.fewest_after, found.turns) == (3, 0)
