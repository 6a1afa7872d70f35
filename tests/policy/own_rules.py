"""What none of the tools notices, found in a template."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from policy.finding import Finding
from policy.judgement import OURS

Template = dict[str, Any]
Found = Iterator[tuple[str, str]]

ANYWHERE = {"0.0.0.0/0", "::/0"}
NOWHERE = "255.255.255.255/32"  # CDK's rule for a group that lets nothing out
EXACT_IMAGE = re.compile(r".+(@sha256:[0-9a-f]{64}|:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*)")


def own_findings(templates: Iterable[tuple[str, Path]]) -> Iterator[Finding]:
    """Yield what breaks a rule of ours in each stack's template."""
    for stack, file in templates:
        template = json.loads(file.read_text(encoding="utf-8"))
        for rule, find in RULES.items():
            for logical_id, message in find(template):
                yield Finding(OURS, stack, logical_id, rule, message)


def _open_ingress(template: Template) -> Found:
    for logical_id, properties in _all(template, "AWS::EC2::SecurityGroup"):
        for rule in properties.get("SecurityGroupIngress", []):
            if _ranges(rule) & ANYWHERE:
                yield logical_id, "it admits the whole internet"
    for logical_id, properties in _all(template, "AWS::EC2::SecurityGroupIngress"):
        if _ranges(properties) & ANYWHERE:
            yield logical_id, "it admits the whole internet"


def _public_balancer(template: Template) -> Found:
    for logical_id, properties in _all(template, "AWS::ElasticLoadBalancingV2::LoadBalancer"):
        if properties.get("Scheme") != "internal":
            yield logical_id, "the load balancer can be reached without API Gateway"


def _link_that_reaches_nothing(template: Template) -> Found:
    """A VPC link without a group, or whose group lets nothing out, deploys and answers 503."""
    letting_out = set(_groups_letting_out(template))
    made_here = {logical_id for logical_id, _ in _all(template, "AWS::EC2::SecurityGroup")}
    for logical_id, properties in _all(template, "AWS::ApiGatewayV2::VpcLink"):
        groups = [_logical_id(group) for group in properties.get("SecurityGroupIds", [])]
        if not groups:
            yield logical_id, "the link has no security group"
        elif not letting_out & set(groups) and made_here & set(groups):
            yield logical_id, "the link's security group lets nothing out"


def _inexact_image(template: Template) -> Found:
    for logical_id, properties in _all(template, "AWS::ECS::TaskDefinition"):
        for container in properties["ContainerDefinitions"]:
            image = container["Image"]
            if isinstance(image, str) and not EXACT_IMAGE.fullmatch(image):
                yield logical_id, f"{image} is another image tomorrow"


def _endless_log(template: Template) -> Found:
    for logical_id, properties in _all(template, "AWS::Logs::LogGroup"):
        if "RetentionInDays" not in properties:
            yield logical_id, "the log group keeps what it has for ever"


def _function_that_makes_its_log(template: Template) -> Found:
    for logical_id, properties in _all(template, "AWS::Lambda::Function"):
        if "LogGroup" not in properties.get("LoggingConfig", {}):
            yield logical_id, "Lambda would make a log group that belongs to no stack"


def _second_way_in(template: Template) -> Found:
    if not any(_all(template, "AWS::ApiGatewayV2::ApiMapping")):
        return
    for logical_id, properties in _all(template, "AWS::ApiGatewayV2::Api"):
        if properties.get("DisableExecuteApiEndpoint") is not True:
            yield logical_id, "beside its domain the API answers at its execute-api address"


RULES: dict[str, Callable[[Template], Found]] = {
    "Mockenv-OpenIngress": _open_ingress,
    "Mockenv-PublicLoadBalancer": _public_balancer,
    "Mockenv-LinkReachesNothing": _link_that_reaches_nothing,
    "Mockenv-InexactImage": _inexact_image,
    "Mockenv-EndlessLog": _endless_log,
    "Mockenv-UnownedLog": _function_that_makes_its_log,
    "Mockenv-SecondWayIn": _second_way_in,
}


def _all(template: Template, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == kind:
            yield logical_id, resource.get("Properties", {})


def _groups_letting_out(template: Template) -> Iterator[str]:
    for logical_id, properties in _all(template, "AWS::EC2::SecurityGroup"):
        if any(_ranges(rule) != {NOWHERE} for rule in properties.get("SecurityGroupEgress", [])):
            yield logical_id
    for _, properties in _all(template, "AWS::EC2::SecurityGroupEgress"):
        yield _logical_id(properties["GroupId"])


def _ranges(rule: dict[str, Any]) -> set[str]:
    return {str(rule[key]) for key in ("CidrIp", "CidrIpv6") if key in rule}


def _logical_id(reference: Any) -> str:
    if isinstance(reference, dict):
        return str(reference.get("Ref") or reference.get("Fn::GetAtt", [""])[0])
    return str(reference)
