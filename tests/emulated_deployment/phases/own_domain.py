"""A second project in the same account: with a domain, and a key of its own."""

from emulated_deployment.caller import Caller
from emulated_deployment.in_place_of_task import physical_id
from emulated_deployment.phases.traces import found_of
from emulated_deployment.projects import DOMAIN, DOMAIN_PROJECT, with_domain
from emulated_deployment.run import Run
from mockenv import names

ENVIRONMENT = "pr-443"
SHARED = (names.network_stack(DOMAIN_PROJECT), names.ttl_cleanup_stack(DOMAIN_PROJECT))
STACK = names.environment_stack(DOMAIN_PROJECT, ENVIRONMENT)


def play(run: Run) -> None:
    """Deploy it, call it by its name, delete it."""
    file = with_domain(run.folder / "with-domain", _hosted_zone(run), _key(run))
    shared = run.deploy(file)
    deployment = run.deploy(file, ENVIRONMENT)
    states = [run.stack_state(stack) for stack in (*SHARED, STACK)]
    run.findings.expect(
        "its three stacks are deployed beside the others",
        states == ["CREATE_COMPLETE"] * 3,
        states,
    )
    _name(run)
    run.cdk.destroy(deployment.assembly)
    run.cdk.destroy(shared.assembly)
    left = found_of(run, *SHARED, STACK)
    run.findings.expect(
        "and deleted; nothing of it is found",
        not left and [run.stack_state(stack) for stack in (*SHARED, STACK)] == ["gone"] * 3,
        left or "nothing",
    )


def _name(run: Run) -> None:
    """Ask at the environment's name: who gets 401 there has reached the API."""
    caller = Caller(run.ministack, physical_id(run, STACK, "AWS::ApiGatewayV2::Api"), "")
    answer = caller.by_name(f"{ENVIRONMENT}.{DOMAIN}", "/")
    run.findings.expect(
        "its API answers at its own name",
        answer.status == 401,
        answer,
        "AWS::ApiGatewayV2::DomainName",
        "AWS::ApiGatewayV2::ApiMapping",
    )


def _hosted_zone(run: Run) -> str:
    """Create the zone that a user brings along; its id goes into the settings."""
    zone = run.ministack.client("route53").create_hosted_zone(
        Name=DOMAIN, CallerReference="emulated-deployment"
    )
    return str(zone["HostedZone"]["Id"]).rpartition("/")[2]


def _key(run: Run) -> str:
    """Create the key that a user brings along."""
    return str(run.ministack.client("kms").create_key()["KeyMetadata"]["Arn"])
