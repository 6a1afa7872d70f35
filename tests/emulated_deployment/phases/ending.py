"""Environments end: by a command, by cdk destroy, by the reaper; then the shared stacks."""

import json
import os
from pathlib import Path
from typing import Any

from emulated_deployment.cdk_cli import CdkError
from emulated_deployment.in_place_of_task import physical_id
from emulated_deployment.phases.deploying import SHARED, published, registry_record
from emulated_deployment.projects import PROJECT
from emulated_deployment.run import Deployment, Run
from mockenv import names
from mockenv.errors import ExitCode

HOUR = 3_600
CLOCK = Path(__file__).resolve().parents[1] / "clock"


def destroyed_by_command(run: Run, name: str, folder: Path) -> None:
    """`mockenv destroy` deletes and looks what is left; the next run drops the record."""
    bucket = physical_id(run, _stack(name), "AWS::S3::Bucket")
    code, answer, _ = run.command("destroy", name, "--yes", folder=folder)
    # The emulator does not tell what a deleted stack held, so the command goes by tags alone.
    left = answer["left_over"] if isinstance(answer, dict) else ["?"]
    run.findings.expect(
        f"mockenv destroy {name}: gone; it names what still carries the tags, with exit code 4",
        code == (ExitCode.LEFT_OVER if left else ExitCode.DONE)
        and all(_is_ended_service(run, each) for each in left),
        f"exit code {code}, left over: {left}",
        "AWS::ECS::Service",
    )
    _gone(run, name, bucket)


def destroyed_by_cdk(run: Run, name: str, deployment: Deployment) -> None:
    """`cdk destroy` is enough."""
    run.cdk.destroy(deployment.assembly)
    _gone(run, name, deployment.only["ConfigBucket"])


def expired(run: Run, name: str, outputs: dict[str, str], folder: Path) -> None:
    """Warned, then deleted, then forgotten; the reaper's clock is put ahead for it."""
    queue = _listen(run)
    put_clock_ahead(run, 8 * HOUR + 50 * 60)
    code, reaped, said = run.command("reap", folder=folder)
    heard = _heard(run, queue)
    run.findings.expect(
        "10 minutes before the end: whoever listens to the topic is told",
        code == 0 and name in heard,
        heard or said or reaped,
        "AWS::SNS::Topic",
    )
    run.findings.expect(
        "and nothing is deleted",
        run.stack_state(_stack(name)) != "gone",
        run.stack_state(_stack(name)),
    )
    put_clock_ahead(run, 9 * HOUR + 10 * 60)
    code, reaped, said = run.command("reap", folder=folder)
    run.findings.expect(
        "10 minutes after it: the reaper deletes the stack",
        code == 0,
        said or reaped,
        "AWS::Lambda::Function",
    )
    _gone(run, name, outputs["ConfigBucket"])
    put_clock_ahead(run, 9 * HOUR + 20 * 60)
    run.command("reap", folder=folder)
    forgotten(run, name, folder)
    heard = _heard(run, queue)
    run.findings.expect("people are told that it is gone", f"{name} is gone" in heard, heard)


def forgotten(run: Run, name: str, folder: Path) -> None:
    """The record goes last: a day after the stack if tags go on to list what it held."""
    waiting = registry_record(run, name)
    put_clock_ahead(run, 34 * HOUR)
    run.command("reap", folder=folder)
    record = registry_record(run, name)
    run.findings.expect(
        f"the record of {name} is dropped a day later, as tags still list it",
        waiting.get("state") == "deleting" and not record,
        record or "no record",
        "AWS::DynamoDB::Table",
    )


def put_clock_ahead(run: Run, seconds: int) -> None:
    """Have the reaper's function run in a later time, by Python's own way of site customization."""
    functions = run.ministack.client("lambda")
    name = published(run)["reaper-function-name"]
    variables = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    ahead = {"PYTHONPATH": str(CLOCK), "CLOCK_AHEAD_SECONDS": str(seconds)}
    functions.update_function_configuration(
        FunctionName=name, Environment={"Variables": variables | ahead}
    )


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
    left = [each for stack in SHARED for each in run.inventory.after_deletion(stack)]
    run.findings.expect(
        "nothing of them is found",
        not left,
        [f"{each.kind} {each.physical_id}" for each in left] or "nothing",
    )


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
        ttl_cleanup == "DELETE_FAILED" and _stack(name) in reason,
        f"{ttl_cleanup}: {reason[-330:]}",
        "Custom::MockenvGuard",
    )
    run.findings.expect("and the network is not touched", network == "CREATE_COMPLETE", network)


def _gone(run: Run, name: str, bucket: str) -> None:
    state = run.stack_state(_stack(name))
    run.findings.expect(f"the stack of {name} is gone", state == "gone", state)
    buckets = [each["Name"] for each in run.ministack.client("s3").list_buckets()["Buckets"]]
    run.findings.expect(
        "its bucket too, with every version",
        bucket not in buckets,
        bucket,
        "Custom::MockenvRegistration",
        "AWS::S3::Bucket",
    )
    left = run.inventory.after_deletion(_stack(name))
    run.findings.expect(
        "nothing of it is found",
        not left,
        [f"{each.kind} {each.physical_id}" for each in left] or "nothing",
    )
    tagged = run.ministack.client("resourcegroupstaggingapi").get_resources(
        TagFilters=[{"Key": names.TAG_ENVIRONMENT, "Values": [name]}]
    )["ResourceTagMappingList"]
    arns = [each["ResourceARN"] for each in tagged]
    run.findings.expect(
        "nothing carries its tag but the ended service, which is kept for a while",
        all(_is_ended_service(run, arn) for arn in arns),
        arns or "nothing",
    )


def _is_ended_service(run: Run, arn: str) -> bool:
    if ":service/" not in arn:
        return False
    _, cluster, service = arn.rsplit("/", 2)
    found = run.ministack.client("ecs").describe_services(cluster=cluster, services=[service])
    return all(each["status"] == "INACTIVE" for each in found["services"])


def _stack(name: str) -> str:
    return names.environment_stack(PROJECT, name)


def _listen(run: Run) -> str:
    """Subscribe a queue to the topic, as a chat or a script would be."""
    queues = run.ministack.client("sqs")
    queue = str(queues.create_queue(QueueName="people")["QueueUrl"])
    arn = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    run.ministack.client("sns").subscribe(
        TopicArn=published(run)["notifications-topic-arn"],
        Protocol="sqs",
        Endpoint=arn["Attributes"]["QueueArn"],
    )
    return queue


def _heard(run: Run, queue: str) -> str:
    """Take all messages from a queue; the subjects and texts of what was published."""
    said: list[str] = []
    client = run.ministack.client("sqs")
    while messages := client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get(
        "Messages"
    ):
        for message in messages:
            body: dict[str, Any] = json.loads(message["Body"])
            said.append(f"{body.get('Subject', '')}{os.linesep}{body.get('Message', '')}")
            client.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return "\n".join(said)
