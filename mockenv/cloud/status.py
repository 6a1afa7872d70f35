"""All that is known of one environment, gathered from where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv.cloud.deployed import (
    DeployedEnvironment,
    describe_environment,
    read_deployed,
    unknown_environment,
)
from mockenv.cloud.inventory import Listed, read_listed, with_record
from mockenv.cloud.lost_task import last_lost_task
from mockenv.cloud.rollout import task_reports
from mockenv.cloud.service_state import Service, read_service
from mockenv.cloud.stack_failure import why_the_stack_failed
from mockenv.cloud.stopped_task import StoppedTask, last_stopped_task
from mockenv.cloud.task_log import task_log
from ttl_cleanup.registry.record import UnreadableRecordError
from ttl_cleanup.registry.table import RegistryTable


class StatusClients(Protocol):
    """The boto3 clients that a status asks."""

    @property
    def cloudformation(self) -> Any:
        """A CloudFormation client."""

    @property
    def ecs(self) -> Any:
        """An ECS client."""

    @property
    def load_balancing(self) -> Any:
        """A client of the load balancers' API."""

    @property
    def logs(self) -> Any:
        """A CloudWatch Logs client."""


@dataclass(frozen=True)
class Status:
    """One environment. `versions` says which version each running task serves, by its own word;
    `service` is None before the stack is whole, and after a rollback.
    """

    listed: Listed
    stack_status: str
    service: Service | None = None
    versions: Mapping[str, str] | None = None
    failed_task: StoppedTask | None = None
    stack_failure: str | None = None


def read_status(
    clients: StatusClients, registry: RegistryTable, project: str, environment: str
) -> Status:
    """Gather an environment's status; raises MockenvError, exit code 3, if there is none."""
    description = describe_environment(clients.cloudformation, project, environment)
    listed = read_listed(description, project)
    if listed is None:
        raise unknown_environment(project, environment)
    status = _of_stack(clients, description, _with_own_record(listed, registry))
    deployed = _deployed(description)
    service = read_service(clients.ecs, clients.load_balancing, deployed) if deployed else None
    if deployed is None or service is None:
        return replace(status, failed_task=_lost_task(clients, description, project, environment))
    return replace(
        status,
        service=service,
        versions=served_versions(clients.logs, deployed, service),
        failed_task=last_stopped_task(clients.ecs, clients.logs, deployed),
    )


def _of_stack(clients: StatusClients, stack: Mapping[str, Any], listed: Listed) -> Status:
    status = str(stack["StackStatus"])
    failure = why_the_stack_failed(clients.cloudformation, stack["StackId"], status)
    return Status(listed, status, stack_failure=failure)


def _deployed(stack: Mapping[str, Any]) -> DeployedEnvironment | None:
    """Read what is deployed; a stack that never was whole has no outputs."""
    try:
        return read_deployed(stack)
    except KeyError:
        return None


def _lost_task(
    clients: StatusClients, stack: Mapping[str, Any], project: str, environment: str
) -> StoppedTask | None:
    log = task_log(project, environment)
    return last_lost_task(clients.cloudformation, clients.ecs, clients.logs, stack, project, log)


def served_versions(logs: Any, deployed: DeployedEnvironment, service: Service) -> dict[str, str]:
    """Read which version each task said last that it serves; `logs` is a boto3 client."""
    started = [task.started_at for task in service.tasks if task.started_at is not None]
    if not started:
        return {}
    since_milliseconds = int(min(started).timestamp() * 1_000)
    try:
        reports = task_reports(logs, deployed.task_log, since_milliseconds)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return {}
    running = {task.task for task in service.tasks}
    return {
        each.task: each.version for each in reports if each.failure is None and each.task in running
    }


def _with_own_record(listed: Listed, registry: RegistryTable) -> Listed:
    name = listed.environment
    try:
        record = registry.read(name)
    except UnreadableRecordError as error:
        return with_record(listed, {}, {name: str(error)})
    return with_record(listed, {name: record} if record else {}, {})
