from typing import Any

import pytest

from creation_templates import OURS
from creation_time.creation import creation
from creation_time.durations import Durations
from creation_time.sensitivity import first_200_if_all_slower, slower_cases


def test_what_lies_on_the_path_is_listed_and_what_does_not_is_left_out(
    templates: dict[str, Any], durations: Durations
) -> None:
    cases = {case.name: case for case in slower_cases(templates[OURS], durations)}
    assert {"task_capacity", "AWS::S3::Bucket", "config-loader"} <= cases.keys()
    assert not {"steady_state", "AWS::CloudWatch::Alarm", "AWS::EC2::VPC"} & cases.keys()


def test_what_lies_on_the_path_costs_at_most_what_it_takes_longer(
    templates: dict[str, Any], durations: Durations
) -> None:
    now = creation(templates[OURS], durations).first_200
    assert now is not None
    cases = slower_cases(templates[OURS], durations)
    assert all(case.first_200 > now for case in cases)
    (capacity,) = (case for case in cases if case.name == "task_capacity")
    assert capacity.first_200 == pytest.approx(now + durations.seconds("task_capacity"))


def test_everything_twice_as_long_is_less_than_twice_as_long_in_all(
    templates: dict[str, Any], durations: Durations
) -> None:
    """Health checks are stated by the template and stay as they are."""
    now = creation(templates[OURS], durations).first_200
    assert now is not None
    assert 1.8 * now < first_200_if_all_slower(templates[OURS], durations) < 2 * now
