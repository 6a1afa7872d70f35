"""Several load balancers: what a second one adds, and who is served by which."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mockenv.settings.network import Network
from mockenv.settings.resolve import environment_settings, load_settings
from synthesized import (
    SETTINGS,
    Synthesized,
    synthesize_environments,
    synthesize_network,
    write_settings,
)

TWO = f"{SETTINGS}network: {{load_balancers: [1, 480]}}\n"
THREE = f"{SETTINGS}network: {{load_balancers: [1, 480, 1000]}}\n"
NAMED_ON_SECOND = TWO.replace("int: {priority", "int: {load_balancer: 2, priority")
DASHBOARD = "AWS::CloudWatch::Dashboard"
TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
Make = Callable[..., Synthesized]


@pytest.fixture
def environments(synthesized: Synthesized, tmp_path: Path) -> Make:  # noqa: ARG001 (loads CDK)
    def make(settings: str, *names: str) -> Synthesized:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        return synthesize_environments(folder, dict.fromkeys(names, settings))

    return make


def test_a_second_one_leaves_all_there_is_as_it_is(
    synthesized: Synthesized,  # noqa: ARG001 (loads CDK)
    tmp_path: Path,
) -> None:
    """Byte for byte: whatever is replaced would be under live environments. The dashboard alone
    changes: it shows the second one too.
    """
    one = synthesize_network(tmp_path / "one", Network()).template("network")
    two = synthesize_network(tmp_path / "two", Network(load_balancers=(1, 480))).template("network")
    added = {k: v for k, v in two["Resources"].items() if k not in one["Resources"]}
    (dashboard,) = (k for k, v in one["Resources"].items() if v["Type"] == DASHBOARD)
    for template in (one, two):
        del template["Resources"][dashboard]["Properties"]["DashboardBody"]
    assert {k: v for k, v in two["Resources"].items() if k not in added} == one["Resources"]
    assert sorted(resource["Type"] for resource in added.values()) == [
        "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::SSM::Parameter",
    ]
    assert {k: v for k, v in two.items() if k != "Resources"} == {
        k: v for k, v in one.items() if k != "Resources"
    }


def test_each_one_is_published_and_reached_by_the_same_link(synthesized: Synthesized) -> None:
    stack = "network-two"
    published = {
        resource["Properties"]["Name"]: resource["Properties"]["Value"]
        for resource in synthesized.all_of(stack, "AWS::SSM::Parameter")
    }
    first = published["/mockenv/payments/network/listener-arn"]
    second = published["/mockenv/payments/network/listener-arn-2"]
    assert first != second
    balancers = synthesized.all_of(stack, "AWS::ElasticLoadBalancingV2::LoadBalancer")
    assert balancers[0]["Properties"] == balancers[1]["Properties"]
    assert len(synthesized.all_of(stack, "AWS::ApiGatewayV2::VpcLink")) == 1


def test_adding_one_moves_no_environment(environments: Make) -> None:
    """Neither those that had one to choose from nor those that had two, nor named ones."""
    before = environments(SETTINGS, "pr-1", "pr-478", "pr-479", "load")
    after = environments(TWO, "pr-1", "pr-478", "pr-479", "load")
    assert same_templates(before, after)
    before = environments(TWO, "pr-1", "pr-480", "pr-481", "pr-998", "pr-999", "load")
    after = environments(THREE, "pr-1", "pr-480", "pr-481", "pr-998", "pr-999", "load")
    assert same_templates(before, after)


def same_templates(one: Synthesized, other: Synthesized) -> bool:
    assert one.stacks() == other.stacks()
    return all(one.template(stack) == other.template(stack) for stack in one.stacks())


def test_all_of_an_environment_goes_by_its_own_listener(environments: Make) -> None:
    found = environments(TWO, "pr-481")
    listener = {"Ref": "NetworkListenerArn2"}
    parameters = found.template("pr-481")["Parameters"]
    assert parameters["NetworkListenerArn2"]["Default"].endswith("/network/listener-arn-2")
    assert found.properties("pr-481", RULE)["ListenerArn"] == listener
    integration = found.properties("pr-481", "AWS::ApiGatewayV2::Integration")
    assert integration["IntegrationUri"] == listener
    assert set(references(found.template("pr-481")["Resources"], "NetworkListenerArn")) == {
        "NetworkListenerArn2"
    }
    assert found.template("pr-481")["Outputs"]["LoadBalancer"]["Value"] == "2"


def test_scaling_and_alarms_go_by_the_load_balancer_that_serves(environments: Make) -> None:
    found = environments(NAMED_ON_SECOND.replace("ttl: never, max", "tasks: {max: 3}, max"), "int")
    alarms = found.all_of("int", "AWS::CloudWatch::Alarm")
    of_balancers = [set(references(alarm, "NetworkListenerArn")) for alarm in alarms]
    named = [each for each in of_balancers if each]
    assert named == [{"NetworkListenerArn2"}] * 4  # both of scaling; missing and unhealthy tasks


def test_an_environment_that_moves_gets_a_new_target_group(environments: Make) -> None:
    """None can go from one load balancer to another: the update would fail."""
    before, after = environments(TWO, "int"), environments(NAMED_ON_SECOND, "int")
    groups = [found.logical_id("int", TARGET_GROUP) for found in (before, after)]
    rules = [found.logical_id("int", RULE) for found in (before, after)]
    assert groups[0] != groups[1]
    assert rules[0] == rules[1]


def test_a_thousand_pull_requests_are_spread_evenly(tmp_path: Path) -> None:
    loaded = load_settings(write_settings(tmp_path, THREE))
    numbers = range(1_000, 2_000)
    served = [environment_settings(loaded, f"pr-{number}").load_balancer for number in numbers]
    assert sorted(Counter(served).values()) == [333, 333, 334]


def references(node: Any, prefix: str) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from references(each, prefix)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref" and str(value).startswith(prefix):
                yield value
            yield from references(value, prefix)
