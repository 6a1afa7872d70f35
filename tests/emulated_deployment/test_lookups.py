from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from emulated_deployment.lookup import Resource
from emulated_deployment.lookups import LOOKUPS


class Service:
    def __init__(self, answer: dict[str, Any] | None) -> None:
        self.answer = answer

    def __getattr__(self, operation: str) -> Any:
        def call(**_: object) -> dict[str, Any]:
            if self.answer is None:
                raise ClientError({"Error": {"Code": "NotFound"}}, operation)
            return self.answer

        return call


def finds(kind: str, physical_id: str, answer: dict[str, Any] | None) -> bool:
    resource = Resource(kind, physical_id, {}, {})
    return LOOKUPS[kind].answer(resource, lambda _: Service(answer)) is not None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"Vpcs": [{"VpcId": "vpc-1"}]}, True),
        ({"Vpcs": [{"VpcId": "vpc-2"}]}, False),
        ({"Vpcs": []}, False),
        (None, False),
    ],
)
def test_a_list_must_name_what_was_asked_for(answer: dict[str, Any], expected: bool) -> None:
    assert finds("AWS::EC2::VPC", "vpc-1", answer) is expected


def test_what_is_inactive_is_gone() -> None:
    service = "arn:aws:ecs:eu-central-1:123456789012:service/mockenv-payments/mocks"
    for status, expected in (("ACTIVE", True), ("INACTIVE", False)):
        answer = {"services": [{"serviceArn": service, "status": status}]}
        assert finds("AWS::ECS::Service", service, answer) is expected
    definition = {"taskDefinition": {"taskDefinitionArn": "task:1", "status": "INACTIVE"}}
    assert not finds("AWS::ECS::TaskDefinition", "task:1", definition)


def test_an_id_of_several_parts_needs_each() -> None:
    table = {"RouteTableId": "rtb-1", "Routes": [{"DestinationCidrBlock": "10.0.0.0/16"}]}
    assert not finds("AWS::EC2::Route", "rtb-1|0.0.0.0/0", {"RouteTables": [table]})
    table["Routes"] = [{"DestinationCidrBlock": "0.0.0.0/0"}]
    assert finds("AWS::EC2::Route", "rtb-1|0.0.0.0/0", {"RouteTables": [table]})


def test_a_list_inside_of_one_answer_is_no_list_of_answers() -> None:
    answer = {"AuthorizerId": "a1", "IdentitySource": ["$request.header.authorization"]}
    kind = "AWS::ApiGatewayV2::Authorizer"
    beside = {"AWS::ApiGatewayV2::Api": "api"}
    resource = Resource(kind, "a1", beside, {})
    assert LOOKUPS[kind].answer(resource, lambda _: Service(answer)) == answer


def test_of_several_lists_one_may_be_empty() -> None:
    answer = {"CompositeAlarms": [], "MetricAlarms": [{"AlarmName": "Health"}]}
    assert finds("AWS::CloudWatch::Alarm", "Health", answer)


def test_what_ecs_does_not_have_is_not_there() -> None:
    failures = {"clusters": [], "failures": [{"arn": "cluster/mockenv", "reason": "MISSING"}]}
    assert not finds("AWS::ECS::Cluster", "mockenv", failures)
