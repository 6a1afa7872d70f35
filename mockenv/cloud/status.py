"""All that is known of one environment, gathered from where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv.cloud.deployed import (
    DeployedEnvironment,
    describe_environment,
    read_deployed,
    unknown_environment,
)
from mockenv.cloud.inventory import Listed, read_listed, with_record
from mockenv.cloud.last_failure import StoppedTask, last_stopped_task, why_the_stack_failed
from mockenv.cloud.rollout import task_reports
from mockenv.cloud.service_state import Service, read_service
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
    `service` is None before the stack is whole.
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
    listed = _with_own_record(listed, registry)
    stack_id, stack_status = description["StackId"], str(description["StackStatus"])
    stack_failure = why_the_stack_failed(clients.cloudformation, stack_id, stack_status)
    try:
        deployed = read_deployed(description)
    except KeyError:
        return Status(listed, stack_status, stack_failure=stack_failure)
    service = read_service(clients.ecs, clients.load_balancing, deployed)
    if service is None:
        return Status(listed, stack_status, stack_failure=stack_failure)
    return Status(
        listed,
        stack_status,
        service,
        served_versions(clients.logs, deployed, service),
        last_stopped_task(clients.ecs, clients.logs, deployed),
        stack_failure,
    )


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
