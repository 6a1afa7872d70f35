from scaling_simulation.fleet import LAUNCHES_PER_SECOND, Fleet


def passed(fleet: Fleet, desired: int, seconds: range) -> None:
    for now in seconds:
        fleet.follow(desired, now)


def test_a_launched_task_serves_after_its_start() -> None:
    fleet = Fleet(10, start_seconds=50)
    passed(fleet, 11, range(50))
    assert (fleet.healthy, fleet.running) == (10, 11)
    fleet.follow(11, 50)
    assert fleet.healthy == 11


def test_tasks_are_launched_so_many_a_second() -> None:
    fleet = Fleet(10, start_seconds=50)
    passed(fleet, 200, range(3))
    assert fleet.running == 10 + 3 * LAUNCHES_PER_SECOND
    passed(fleet, 200, range(3, 70))
    assert fleet.healthy == 200


def test_tasks_that_do_not_serve_yet_are_stopped_first() -> None:
    fleet = Fleet(10, start_seconds=50)
    passed(fleet, 30, range(1))
    fleet.follow(12, 1)
    assert (fleet.healthy, fleet.running) == (10, 12)
    fleet.follow(8, 2)
    assert (fleet.healthy, fleet.running) == (8, 8)
