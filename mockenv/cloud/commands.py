"""What push, versions and rollback have in common: an environment found, a rollout awaited."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from mockenv.cloud.clients import Clients
from mockenv.cloud.deployed import DeployedEnvironment, find_environment
from mockenv.cloud.push import Pushed, require_whole
from mockenv.cloud.rollout import (
    Rollout,
    rollout,
    running_tasks,
    task_reports,
    wait_for_rollout,
)
from mockenv.cloud.version_store import VersionStore
from mockenv.errors import MockenvError

Tell = Callable[[str], None]


@dataclass(frozen=True)
class OpenEnvironment:
    """A deployed environment with the clients and the store to work on it."""

    name: str
    clients: Clients
    deployed: DeployedEnvironment
    store: VersionStore


def open_environment(clients: Clients, project: str, environment: str) -> OpenEnvironment:
    """Find an environment and its versions."""
    deployed = find_environment(clients.cloudformation, project, environment)
    store = VersionStore(clients.s3, deployed.config_bucket)
    return OpenEnvironment(environment, clients, deployed, store)


def open_whole_environment(clients: Clients, project: str, environment: str) -> OpenEnvironment:
    """Find an environment that may be changed: its stack is at rest."""
    opened = open_environment(clients, project, environment)
    require_whole(environment, opened.deployed.status)
    return opened


def who_pushes(clients: Clients) -> str:
    """Return the ARN of the credentials in use, for the version's metadata."""
    return str(clients.sts.get_caller_identity()["Arn"])


def await_rollout(
    opened: OpenEnvironment, pushed: Pushed, *, wait_seconds: int, tell: Tell
) -> None:
    """Wait until all running tasks say that they serve what was pushed; tell of each step.

    Returns at once if nothing was changed or there is no time to wait. Raises MockenvError that
    names the tasks that don't serve it when the time is over.
    """
    if pushed.current_since is None or wait_seconds == 0:
        return
    since_milliseconds = int(pushed.current_since.timestamp() * 1_000)

    def look() -> Rollout:
        tasks = running_tasks(opened.clients.ecs, opened.deployed)
        reports = task_reports(opened.clients.logs, opened.deployed.task_log, since_milliseconds)
        return rollout(tasks, reports, pushed.version)

    seen = wait_for_rollout(
        look,
        wait_seconds=wait_seconds,
        clock=time.monotonic,
        wait=time.sleep,
        on_change=lambda now: tell(_progress(now)),
    )
    if not seen.is_done:
        raise _not_everywhere(opened.name, pushed.version, seen)


def result_text(pushed: Pushed, as_json: bool) -> str:
    """Describe on standard output what a push or rollback came to."""
    if not as_json:
        return pushed.version
    changed = pushed.current_since is not None
    return json.dumps({"version": pushed.version, "previous": pushed.previous, "changed": changed})


def _progress(seen: Rollout) -> str:
    total = len(seen.serving) + len(seen.waiting)
    return f"{len(seen.serving)} of {total} tasks serve it"


def _not_everywhere(environment: str, version: str, seen: Rollout) -> MockenvError:
    listed = "".join(f"\n  task {task}: {reason}" for task, reason in seen.waiting.items())
    if not seen.serving and not seen.waiting:
        listed = "\n  no task is running"
    return MockenvError(
        f"version {version} is current in {environment}, but not every task serves it:{listed}",
        next_step=f"look at the tasks' log, or go back: mockenv rollback {environment} "
        "--to previous",
    )
