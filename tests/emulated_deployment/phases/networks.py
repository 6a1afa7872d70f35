"""Environments behind a second load balancer, and in a VPC that was there before."""

from collections.abc import Sequence
from dataclasses import replace

from emulated_deployment.caller import Caller
from emulated_deployment.in_place_of_task import physical_id
from emulated_deployment.phases import deploying, ending
from emulated_deployment.phases.requests import BALANCER_TYPES, at_balancer
from emulated_deployment.projects import PROJECT, with_networks
from emulated_deployment.run import Run
from mockenv import names

# From 480 on pull requests take turns: even ones stay on the first balancer.
SECOND, EXISTING = "pr-481", "partner"
BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"


def play(run: Run, first: Caller) -> None:
    """Add a balancer to the project's network, then deploy into both and delete it again."""
    vpc, subnets = _vpc(run)
    file = with_networks(run.root, run.folder / "with-networks", vpc, subnets)
    run.deploy(file)
    health = at_balancer(first, "pr-123").status
    run.findings.expect(
        "a second balancer is added to the network, and pr-123 goes on", health == 200, health
    )
    for name in (SECOND, EXISTING):
        deployment = run.deploy(file, name)
        deploying.environment(run, name, deployment)
        _leads_alone(run, name, first, deployment.only["LoadBalancer"])
        ending.destroyed_by_cdk(run, name, deployment)
    _is_untouched(run, vpc, subnets)


def _leads_alone(run: Run, name: str, first: Caller, said: str) -> None:
    """Its rule is on its own balancer, not on the first; its group has no target yet."""
    own = replace(first, balancer=_balancer_name(run, name))
    answers = [at_balancer(each, name).status for each in (own, first)]
    expected = {SECOND: "2", EXISTING: "own"}[name]
    run.findings.expect(
        f"{name} is served by its own balancer, and unknown to the first: 503, 404",
        answers == [503, 404] and said == expected,
        f"{answers}, LoadBalancer: {said}",
        *BALANCER_TYPES,
    )


def _balancer_name(run: Run, name: str) -> str:
    if name == SECOND:
        return deploying.published(run)["listener-arn-2"].split("/")[-3]
    return physical_id(run, names.environment_stack(PROJECT, name), BALANCER).split("/")[-2]


def _vpc(run: Run) -> tuple[str, list[str]]:
    """Create the VPC that a user brings along, with two subnets; their ids go into the settings."""
    ec2 = run.ministack.client("ec2")
    vpc = str(ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"])
    zones = ec2.describe_availability_zones()["AvailabilityZones"][:2]
    subnets = [
        ec2.create_subnet(
            VpcId=vpc, CidrBlock=f"10.9.{number}.0/24", AvailabilityZone=zone["ZoneName"]
        )
        for number, zone in enumerate(zones)
    ]
    return vpc, [str(each["Subnet"]["SubnetId"]) for each in subnets]


def _is_untouched(run: Run, vpc: str, subnets: Sequence[str]) -> None:
    ec2 = run.ministack.client("ec2")
    inside = [{"Name": "vpc-id", "Values": [vpc]}]
    left = [each["SubnetId"] for each in ec2.describe_subnets(Filters=inside)["Subnets"]]
    groups = ec2.describe_security_groups(Filters=inside)["SecurityGroups"]
    ours = [each["GroupName"] for each in groups if each["GroupName"] != "default"]
    run.findings.expect(
        "the VPC that was there has its subnets, and no group of ours",
        sorted(left) == sorted(subnets) and not ours,
        f"{len(left)} subnets, groups: {ours or 'none'}",
    )
