"""A blue-green environment, as far as an emulator that starts no tasks can show one."""

from pathlib import Path
from typing import Any

from emulated_deployment.caller import Caller
from emulated_deployment.in_place_of_task import physical_ids
from emulated_deployment.phases import deploying, ending
from emulated_deployment.phases.requests import at_balancer
from emulated_deployment.projects import PROJECT
from emulated_deployment.run import Run
from mockenv import names

STAGE = "stage"
RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"


def play(run: Run, file: Path, calling: Caller) -> None:
    """Deploy it, look at its two groups, delete it."""
    deployment = run.deploy(file, STAGE)
    deploying.environment(run, STAGE, deployment)
    _two_groups(run, calling)
    _listed_as_two(run, file, deployment.only["TargetGroups"])
    ending.destroyed_by_cdk(run, STAGE, deployment)


def _two_groups(run: Run, calling: Caller) -> None:
    """Both groups are there, and the rule leads to one of them; the emulator knows no weights."""
    balancing = run.ministack.client("elbv2")
    stack = names.environment_stack(PROJECT, STAGE)
    described = balancing.describe_target_groups()["TargetGroups"]
    groups = [arn for arn in physical_ids(run, stack, GROUP) if arn in str(described)]
    answer = at_balancer(calling, STAGE)
    run.findings.expect(
        "stage has two groups, and a rule to the one that serves, which has no target yet: 503",
        len(groups) == 2 and answer.status == 503,
        f"{len(groups)} groups, {answer}",
        RULE,
        GROUP,
    )


def _listed_as_two(run: Run, file: Path, said: str) -> None:
    code, listed, _ = run.command("list", folder=file.parent)
    run.findings.expect(
        "its stack tells both groups, and mockenv list counts them",
        code == 0 and said == "2" and _counted_groups(listed) == 2,
        f"TargetGroups: {said}, listed: {_counted_groups(listed)}",
    )


def _counted_groups(listed: Any) -> Any:
    return next((each["target_groups"] for each in listed if each["environment"] == STAGE), None)
