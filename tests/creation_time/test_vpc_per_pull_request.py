from collections import Counter
from typing import Any

import pytest

from creation_templates import VPC_EACH
from creation_time.template_graph import read_graph


@pytest.fixture
def template(templates: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = templates[VPC_EACH]
    return found


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("EC2::VPC", 1),
        ("EC2::Subnet", 4),
        ("EC2::NatGateway", 2),
        ("ECS::Cluster", 1),
        ("ECS::Service", 1),
        ("ElasticLoadBalancingV2::LoadBalancer", 1),
        ("ElasticLoadBalancingV2::TargetGroup", 2),
        ("S3::Bucket", 1),
        ("Lambda::Function", 1),
        ("Events::Rule", 1),
    ],
)
def test_it_has_what_the_terraform_modules_create(
    template: dict[str, Any], kind: str, count: int
) -> None:
    assert Counter(read_graph(template).types.values())[f"AWS::{kind}"] == count


def test_its_tasks_wait_for_the_way_out_and_the_load_balancer(template: dict[str, Any]) -> None:
    graph = read_graph(template)
    (service,) = (name for name, kind in graph.types.items() if kind == "AWS::ECS::Service")
    before: set[str] = set()
    rest = [service]
    while rest:
        needed = graph.needs[rest.pop()] - before
        before |= needed
        rest += needed
    kinds = Counter(graph.types[name] for name in before)
    assert kinds["AWS::EC2::NatGateway"] == 2
    assert kinds["AWS::ElasticLoadBalancingV2::LoadBalancer"] == 1
