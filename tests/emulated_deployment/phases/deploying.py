"""The shared stacks and environments come up."""

import json
from typing import Any

from emulated_deployment.projects import PROJECT
from emulated_deployment.run import Deployment, Run
from mockenv import names

SHARED = (names.network_stack(PROJECT), names.ttl_cleanup_stack(PROJECT))


def bootstrap(run: Run) -> None:
    """`cdk bootstrap`, into the emulator."""
    run.cdk.bootstrap()
    run.findings.expect(
        "cdk bootstrap",
        run.stack_state("CDKToolkit") == "CREATE_COMPLETE",
        run.stack_state("CDKToolkit"),
        "AWS::SSM::Parameter",
    )


def shared_stacks(run: Run) -> None:
    """Both stacks are there, have published their ids, and the guard has answered."""
    states = [run.stack_state(stack) for stack in SHARED]
    run.findings.expect(
        "both stacks are deployed", all(state == "CREATE_COMPLETE" for state in states), states
    )
    ids = published(run)
    run.findings.expect("ids are published", all(ids.values()), sorted(ids), "AWS::SSM::Parameter")
    said = log_messages(run, f"/mockenv/{PROJECT}/guard")
    run.findings.expect(
        "the guard's function answered CloudFormation",
        any('"succeeded": true' in line for line in said),
        _last(said),
        "Custom::MockenvGuard",
        "AWS::Lambda::Function",
        "AWS::Logs::LogGroup",
    )


def environment(run: Run, name: str, deployment: Deployment) -> None:
    """The registration brought the sources and wrote the record."""
    outputs = deployment.only
    record = registry_record(run, name)
    run.findings.expect(
        f"{name} is in the registry: active, with its version",
        record.get("state") == "active" and record.get("version") == outputs["Version"],
        {key: record.get(key) for key in ("state", "version", "generation")},
        "AWS::DynamoDB::Table",
        "Custom::MockenvRegistration",
        "AWS::Lambda::Function",
    )
    s3 = run.ministack.client("s3")
    listed = s3.list_objects_v2(Bucket=outputs["ConfigBucket"])["Contents"]
    keys = sorted(each["Key"] for each in listed)
    current = s3.get_object(Bucket=outputs["ConfigBucket"], Key="current/version")["Body"].read()
    run.findings.expect(
        f"{name}'s bucket holds sources and program, and names the version",
        outputs["Version"] in current.decode()
        and any(key.startswith(f"versions/{outputs['Version']}/") for key in keys)
        and any(key.endswith("/mock_host.mjs") for key in keys),
        f"{len(keys)} objects, current/version {current.decode().strip()[:80]}",
        "AWS::S3::Bucket",
    )


def registry_record(run: Run, name: str) -> dict[str, Any]:
    """Read an environment's record, in plain values; empty if there is none."""
    table = published(run)["registry-table-name"]
    answer = run.ministack.client("dynamodb").get_item(
        TableName=table, Key={"environment": {"S": name}}, ConsistentRead=True
    )
    item = answer.get("Item", {})
    return {key: next(iter(value.values())) for key, value in item.items()}


def published(run: Run) -> dict[str, str]:
    """Read the ids that the shared stacks publish, by the last part of their name."""
    pages = run.ministack.client("ssm").get_paginator("get_parameters_by_path")
    found = pages.paginate(Path=f"/mockenv/{PROJECT}", Recursive=True)
    each_one = [each for page in found for each in page["Parameters"]]
    return {each["Name"].rpartition("/")[2]: each["Value"] for each in each_one}


def log_messages(run: Run, log_group: str) -> list[str]:
    """Read a whole log group."""
    pages = run.ministack.client("logs").get_paginator("filter_log_events")
    found = pages.paginate(logGroupName=log_group)
    return [event["message"] for page in found for event in page["events"]]


def _last(said: list[str]) -> str:
    answers = [json.loads(line) for line in said if line.startswith("{")]
    return str(answers[-1]) if answers else "nothing"
