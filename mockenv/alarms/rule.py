"""An alarm as data: what it watches, when it is on, what it says."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Source(StrEnum):
    """What a metric is of; the values are CloudWatch's namespaces."""

    TARGETS = "AWS/ApplicationELB"
    SERVICE = "AWS/ECS"
    INSIGHTS = "ECS/ContainerInsights"
    GATEWAY = "AWS/ApiGateway"
    VALIDATOR = "AWS/Lambda"


class Metric(NamedTuple):
    """A metric under the id that expressions know it by; `group` counts target groups from 0."""

    id: str
    source: Source
    name: str
    statistic: str
    group: int = 0


@dataclass(frozen=True)
class AlarmRule:
    """On while `datapoints` of the last `periods` values of the expression are above a threshold.

    A missing value never counts towards it.
    """

    name: str
    meaning: str
    next_step: str
    metrics: tuple[Metric, ...]
    expression: str
    threshold: float
    period_seconds: int
    datapoints: int
    periods: int
