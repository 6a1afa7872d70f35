"""The real mock host in the place of an ECS task, which the emulator only counts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import task_here
from emulated_deployment.caller import Caller
from emulated_deployment.projects import PROJECT
from emulated_deployment.run import Run
from mockenv import names
from mockenv.log_names import task_streams


@contextmanager
def serving(run: Run, stack: str, outputs: dict[str, str]) -> Iterator[task_here.Task]:
    """Do what a task does, by the task definition as it is deployed, and register it as target.

    Its log goes to the environment's log group, as the task's would.
    """
    containers = _containers(run, outputs)
    volume = run.folder / "volumes" / stack
    volume.mkdir(parents=True, exist_ok=True)
    loader = containers["config-loader"]
    own = {each["name"]: each["value"] for each in loader["environment"]}
    task_here.load(loader["command"], volume, own | run.ministack.variables)
    log = _TaskLog(run, outputs)
    with task_here.serving(
        containers["mock-host"]["command"],
        volume,
        endpoint=run.ministack.url,
        replaced={},
        keys=run.ministack.variables,
        on_line=log.write,
    ) as task:
        _register(run, stack, task)
        yield task


def balancer_name(run: Run) -> str:
    """Name the load balancer that the project's environments share."""
    network = names.network_stack(PROJECT)
    arn = physical_id(run, network, "AWS::ElasticLoadBalancingV2::LoadBalancer")
    return arn.split("/")[-2]


def caller(run: Run, stack: str, link: str) -> Caller:
    """Find what requests pass, and lead the gateway to the link, as the VPC link would.

    The emulator has no VPC links: its gateway goes where an integration's address says.
    """
    api_id = physical_id(run, stack, "AWS::ApiGatewayV2::Api")
    run.ministack.client("apigatewayv2").update_integration(
        ApiId=api_id,
        IntegrationId=physical_id(run, stack, "AWS::ApiGatewayV2::Integration"),
        IntegrationUri=link,
    )
    return Caller(run.ministack, api_id, balancer_name(run))


def physical_id(run: Run, stack: str, kind: str) -> str:
    """Return the id of a stack's first resource of a type."""
    return physical_ids(run, stack, kind)[0]


def physical_ids(run: Run, stack: str, kind: str) -> list[str]:
    """List the ids of a stack's resources of a type."""
    pages = run.ministack.client("cloudformation").get_paginator("list_stack_resources")
    return [
        str(each["PhysicalResourceId"])
        for page in pages.paginate(StackName=stack)
        for each in page["StackResourceSummaries"]
        if each["ResourceType"] == kind
    ]


def _containers(run: Run, outputs: dict[str, str]) -> dict[str, dict[str, Any]]:
    ecs = run.ministack.client("ecs")
    services = ecs.describe_services(cluster=outputs["Cluster"], services=[outputs["Service"]])
    name = services["services"][0]["taskDefinition"]
    definition = ecs.describe_task_definition(taskDefinition=name)["taskDefinition"]
    return {each["name"]: each for each in definition["containerDefinitions"]}


def _register(run: Run, stack: str, task: task_here.Task) -> None:
    address = urlsplit(task.url)
    group = physical_id(run, stack, "AWS::ElasticLoadBalancingV2::TargetGroup")
    run.ministack.client("elbv2").register_targets(
        TargetGroupArn=group, Targets=[{"Id": address.hostname, "Port": address.port}]
    )


class _TaskLog:
    """Writes lines to the stream that the `awslogs` driver would write for the counted task."""

    def __init__(self, run: Run, outputs: dict[str, str]) -> None:
        self._logs = run.ministack.client("logs")
        arns = run.ministack.client("ecs").list_tasks(
            cluster=outputs["Cluster"], serviceName=outputs["Service"]
        )["taskArns"]
        task = arns[0].rpartition("/")[2]
        self._place = {
            "logGroupName": outputs["TaskLog"],
            "logStreamName": f"{task_streams(outputs['Environment'])}mock-host/{task}",
        }
        self._logs.create_log_stream(**self._place)

    def write(self, line: str) -> None:
        event = {"timestamp": int(time.time() * 1_000), "message": line.rstrip("\n")}
        self._logs.put_log_events(**self._place, logEvents=[event])
