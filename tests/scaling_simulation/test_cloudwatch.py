import math

from scaling_simulation.cloudwatch import CloudWatch
from scaling_simulation.rules import Alarm, Policy, Rules, Step

POLICY = Policy(60, 1, (Step(0, math.inf, 50),))


def cloudwatch(*, periods: int = 1, expression: str = "cpu", delay_seconds: int = 0) -> CloudWatch:
    alarm = Alarm((("result", expression),), 70, True, periods, POLICY)
    return CloudWatch(Rules(1, 10, (alarm,)), delay_seconds)


def add_minute(watch: CloudWatch, minute: int, *, cpu: float = 0, requests: float = 0) -> None:
    for now in range(minute * 60, minute * 60 + 60):
        watch.add_second(now, cpu_percent=cpu, memory_percent=50, requests=requests, targets=4)


def test_an_alarm_sees_a_minute_when_it_is_over() -> None:
    watch = cloudwatch()
    add_minute(watch, 0, cpu=90)
    assert watch.invoked(59) == []
    assert watch.invoked(60) == [(POLICY, 20)]


def test_metrics_are_seen_late() -> None:
    watch = cloudwatch(delay_seconds=60)
    add_minute(watch, 0, cpu=90)
    assert watch.invoked(60) == []
    assert watch.invoked(120) == [(POLICY, 20)]


def test_all_periods_must_breach() -> None:
    watch = cloudwatch(periods=2)
    for minute, cpu, is_on in ((0, 90, False), (1, 80, True), (2, 60, False), (3, 90, False)):
        add_minute(watch, minute, cpu=cpu)
        assert bool(watch.invoked(minute * 60 + 60)) is is_on


def test_an_alarm_that_stays_on_invokes_every_minute() -> None:
    watch = cloudwatch()
    for minute in range(3):
        add_minute(watch, minute, cpu=90)
        assert watch.invoked(minute * 60 + 60) == [(POLICY, 20)]


def test_requests_are_counted_by_target_and_minute() -> None:
    watch = cloudwatch(expression="requests")
    add_minute(watch, 0, requests=8)
    assert watch.invoked(60) == [(POLICY, 8 * 60 / 4 - 70)]


def test_without_requests_their_metric_is_missing_and_breaches_nothing() -> None:
    watch = cloudwatch(expression="requests")
    add_minute(watch, 0)
    assert watch.invoked(60) == []
