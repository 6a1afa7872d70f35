"""Each limit is seen where a template breaks it, and not where it just keeps it."""

import json
from typing import Any

import pytest

from environments.limits import MOST_OF_A_TYPE, broken_limits, broken_tags
from environments.resource_limits import FINDERS

Resources = dict[str, Any]


def typed(kind: str, **properties: Any) -> Resources:
    return {"Type": kind, "Properties": properties}


def many(count: int, kind: str) -> Resources:
    return {f"A{n}": typed(kind, RouteKey=f"GET /{n}") for n in range(count)}


def broken(resources: Resources, **sections: Any) -> list[str]:
    template = {"Resources": resources, **sections}
    return list(broken_limits(template, json.dumps(template)))


def task(count: int, *, reserved: int = 0, environment: str = "") -> Resources:
    containers = [
        {"Name": f"c{n}", "MemoryReservation": reserved, "Environment": environment}
        for n in range(count)
    ]
    return {"A": typed("AWS::ECS::TaskDefinition", ContainerDefinitions=containers, Memory="1024")}


def function(variable: str) -> Resources:
    return {"A": typed("AWS::Lambda::Function", Environment={"Variables": {"NAME": variable}})}


def role(characters: int) -> Resources:
    document = {"Statement": "x" * characters}
    return {"A": typed("AWS::IAM::Role", Policies=[{"PolicyDocument": document}])}


def rule(priority: int = 1, value: str = "") -> Resources:
    conditions = [{"HttpHeaderConfig": {"Values": [value]}}]
    kind = "AWS::ElasticLoadBalancingV2::ListenerRule"
    return {"A": typed(kind, Priority=priority, Conditions=conditions)}


def stage(size: int) -> Resources:
    return {"A": typed("AWS::ApiGatewayV2::Stage", AccessLogSettings={"Format": "x" * size})}


def scaled(fewest: int, most: int) -> Resources:
    kind = "AWS::ApplicationAutoScaling::ScalableTarget"
    return {"A": typed(kind, MinCapacity=fewest, MaxCapacity=most)}


def policy(characters: int) -> Resources:
    return {"A": typed("AWS::IAM::Policy", PolicyDocument={"Statement": "x" * characters})}


def tagged(count: int) -> Resources:
    tags = [{"Key": str(n), "Value": ""} for n in range(count)]
    return {"A": typed("AWS::SNS::Topic", Tags=tags)}


@pytest.mark.parametrize(
    ("within", "beyond", "words"),
    [
        (many(500, "AWS::SNS::Topic"), many(501, "AWS::SNS::Topic"), "501 Resources"),
        (many(1, "AWS::SNS::Topic"), {"a-b": typed("AWS::SNS::Topic")}, "a-b is no logical id"),
        ({"A" * 255: typed("x")}, {"A" * 256: typed("x")}, "is no logical id"),
        (task(10), task(11), "11 containers"),
        (task(2, reserved=512), task(2, reserved=513), "containers reserve 1026 of 1024 MiB"),
        (task(1), task(1, environment="x" * 65_536), "the task definition has"),
        (function("x" * 4092), function("x" * 4093), "its variables have 4097 bytes"),
        (role(10_000), role(10_240), "its policies have 10256 characters"),
        (policy(10_000), policy(10_240), "its policies have 10256 characters"),
        (rule(50_000), rule(50_001), "no rule has the priority 50001"),
        (rule(value="x" * 128), rule(value="x" * 129), "too long for a condition"),
        (stage(3072), stage(3073), "the format of the access log is too long"),
        (scaled(2, 2), scaled(3, 2), "the fewest tasks are more than the most"),
        (tagged(50), tagged(51), "51 tags"),
    ],
)
def test_a_limit_is_seen(within: Resources, beyond: Resources, words: str) -> None:
    assert broken(within) == []
    assert words in "; ".join(broken(beyond))


@pytest.mark.parametrize(("kind", "most"), MOST_OF_A_TYPE.items())
def test_there_may_be_so_many_of_a_type(kind: str, most: int) -> None:
    assert broken(many(most, kind)) == []
    assert broken(many(most + 1, kind)) == [f"{most + 1} of {kind}"]


def test_each_finder_has_found_something() -> None:
    """The list above has an example for each; this holds it to those that there are."""
    assert set(FINDERS) == {
        next(iter(example.values()))["Type"]
        for example in (task(1), function(""), role(1), policy(1), rule(), stage(1), scaled(1, 1))
    }


def test_a_route_is_there_once() -> None:
    twice = {name: typed("AWS::ApiGatewayV2::Route", RouteKey="ANY /") for name in ("A", "B")}
    assert broken(twice) == ["ANY / is there 2 times"]


def test_a_container_has_a_name_of_its_own() -> None:
    resources = task(2)
    for container in resources["A"]["Properties"]["ContainerDefinitions"]:
        container["Name"] = "same"
    assert broken(resources) == ["A: same is there twice"]


@pytest.mark.parametrize("section", ["Parameters", "Outputs"])
def test_other_sections_end_as_well(section: str) -> None:
    entries: dict[str, Any] = {f"A{n}": {} for n in range(201)}
    assert broken({}, **{section: entries}) == [f"201 {section}"]


def test_a_template_has_a_megabyte() -> None:
    assert list(broken_limits({"Resources": {}}, "x" * 1_000_000)) == []
    (words,) = broken_limits({"Resources": {}}, "ä" * 500_001)
    assert words == "the template has 1000002 bytes"


def test_tags_of_a_stack_have_their_lengths() -> None:
    assert list(broken_tags({"k" * 128: "v" * 256})) == []
    assert list(broken_tags({"key": "v" * 257})) == ["the tag key is too long"]
