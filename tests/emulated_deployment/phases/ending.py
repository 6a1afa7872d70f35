"""Environments end by a command or by cdk destroy, and then the shared stacks."""

from pathlib import Path

from emulated_deployment.cdk_cli import CdkError
from emulated_deployment.in_place_of_task import physical_id
from emulated_deployment.phases.deploying import SHARED
from emulated_deployment.phases.traces import found_of, gone, is_ended_service
from emulated_deployment.projects import PROJECT
from emulated_deployment.run import Deployment, Run
from mockenv import names
from mockenv.errors import ExitCode


def destroyed_by_command(run: Run, name: str, folder: Path) -> None:
    """`mockenv destroy` deletes and looks what is left; the next run drops the record."""
    bucket = physical_id(run, names.environment_stack(PROJECT, name), "AWS::S3::Bucket")
    code, answer, _ = run.command("destroy", name, "--yes", folder=folder)
    # The emulator does not tell what a deleted stack held, so the command goes by tags alone.
    left = answer["left_over"] if isinstance(answer, dict) else ["?"]
    run.findings.expect(
        f"mockenv destroy {name}: gone; it names what still carries the tags, with exit code 4",
        code == (ExitCode.LEFT_OVER if left else ExitCode.DONE)
        and all(is_ended_service(run, each) for each in left),
        f"exit code {code}, left over: {left}",
        "AWS::ECS::Service",
    )
    gone(run, name, bucket)


def destroyed_by_cdk(run: Run, name: str, deployment: Deployment) -> None:
    """`cdk destroy` is enough."""
    run.cdk.destroy(deployment.assembly)
    gone(run, name, deployment.only["ConfigBucket"])


def shared_stacks(run: Run, deployment: Deployment) -> None:
    """Without environments the guard lets the shared stacks go."""
    run.cdk.destroy(deployment.assembly)
    states = [run.stack_state(stack) for stack in SHARED]
    run.findings.expect(
        "without environments the shared stacks can be deleted",
        states == ["gone", "gone"],
        states,
        "Custom::MockenvGuard",
    )
    left = found_of(run, *SHARED)
    run.findings.expect("nothing of them is found", not left, left or "nothing")


def guarded(run: Run, name: str, deployment: Deployment) -> None:
    """While an environment is there the guard refuses, and names it."""
    try:
        said = run.cdk.destroy(deployment.assembly)
    except CdkError as error:
        said = str(error)
    network, ttl_cleanup = (run.stack_state(stack) for stack in SHARED)
    reason = next((line for line in said.splitlines() if "would never be deleted" in line), said)
    run.findings.expect(
        f"while {name} is there: the deletion of the TTL cleanup fails, naming it",
        ttl_cleanup == "DELETE_FAILED" and names.environment_stack(PROJECT, name) in reason,
        f"{ttl_cleanup}: {reason[-330:]}",
        "Custom::MockenvGuard",
    )
    run.findings.expect("and the network is not touched", network == "CREATE_COMPLETE", network)
