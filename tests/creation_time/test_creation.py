from itertools import pairwise
from typing import Any

import pytest

from creation_templates import OURS, VPC_EACH, VPC_EACH_FAST
from creation_time.creation import Creation, creation
from creation_time.deletion import deletion_seconds
from creation_time.durations import Durations
from creation_time.template_graph import read_graph

MOST_SECONDS_TO_FIRST_200 = 120


@pytest.fixture
def ours(templates: dict[str, Any], durations: Durations) -> Creation:
    return creation(templates[OURS], durations)


def test_a_pull_request_has_its_first_200_within_two_minutes_on_paper(ours: Creation) -> None:
    assert ours.first_200 is not None
    assert ours.first_200 <= MOST_SECONDS_TO_FIRST_200
    assert ours.unknown == ()


@pytest.mark.parametrize(("name", "factor"), [(VPC_EACH, 3), (VPC_EACH_FAST, 2)])
def test_a_vpc_for_each_takes_several_times_as_long(
    templates: dict[str, Any], durations: Durations, ours: Creation, name: str, factor: float
) -> None:
    theirs = creation(templates[name], durations)
    assert theirs.first_200 is not None
    assert ours.first_200 is not None
    assert theirs.first_200 > factor * ours.first_200


def test_each_step_starts_when_the_one_before_it_ends(ours: Creation) -> None:
    assert [step.start for step in ours.steps[1:]] == [step.end for step in ours.steps[:-1]]
    assert ours.steps[-1].end == ours.first_200


def test_each_step_needs_the_one_before_it(templates: dict[str, Any], ours: Creation) -> None:
    needs = read_graph(templates[OURS]).needs
    assert all(before.name in needs[after.name] for before, after in pairwise(ours.steps))


def test_the_parts_of_a_service_are_the_whole_of_its_step(ours: Creation) -> None:
    service = ours.steps[-1]
    assert sum(part.seconds for part in service.parts) == pytest.approx(service.end - service.start)


def test_it_is_the_bucket_and_its_content_that_the_service_waits_for(ours: Creation) -> None:
    """A role or a policy here would be one that the service need not wait for so long."""
    assert [step.type for step in ours.steps] == [
        "AWS::S3::Bucket",
        "Custom::MockenvRegistration",
        "AWS::ECS::Service",
    ]


def test_a_stack_without_a_service_only_has_an_end(durations: Durations) -> None:
    template = {
        "Resources": {
            "Bucket": {"Type": "AWS::S3::Bucket"},
            "Own": {"Type": "Example::Own::Thing", "DependsOn": "Bucket"},
        }
    }
    found = creation(template, durations)
    overhead = durations.seconds("resource_overhead")
    bucket = durations.resources["AWS::S3::Bucket"].create + overhead
    own = durations.seconds("unknown_resource") + overhead
    assert found.first_200 is None
    assert found.complete == durations.seconds("change_set") + bucket + own
    assert found.unknown == ("Example::Own::Thing",)


def test_a_slow_gateway_holds_up_the_first_200_as_well(
    templates: dict[str, Any], durations: Durations, ours: Creation
) -> None:
    slow = creation(templates[OURS], durations.slower("AWS::ApiGatewayV2::Stage", 100))
    assert slow.first_200 is not None
    assert ours.first_200 is not None
    assert slow.first_200 > ours.first_200
    assert slow.steps[-1].type == "AWS::ApiGatewayV2::Stage"


def test_an_alarm_holds_up_the_end_only(
    templates: dict[str, Any], durations: Durations, ours: Creation
) -> None:
    slow = creation(templates[OURS], durations.slower("AWS::CloudWatch::Alarm", 1000))
    assert slow.first_200 == ours.first_200
    assert slow.complete > ours.complete


def test_a_deletion_goes_from_the_service_to_the_bucket(
    templates: dict[str, Any], durations: Durations
) -> None:
    template = templates[OURS]
    now = deletion_seconds(template, durations)
    for kind in ("AWS::ECS::Service", "Custom::MockenvRegistration", "AWS::S3::Bucket"):
        longer = durations.resources[kind].delete
        assert deletion_seconds(template, durations.slower(kind)) == now + longer


def test_what_is_kept_takes_no_time_to_delete(durations: Durations) -> None:
    template = {"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"}}}
    assert deletion_seconds(template, durations) == 0
