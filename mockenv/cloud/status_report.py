"""How the status of one environment is shown."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from mockenv.cloud import list_report
from mockenv.cloud.service_state import Service
from mockenv.cloud.states import state
from mockenv.cloud.status import Status
from mockenv.cloud.stopped_task import StoppedTask
from mockenv.cloud.times import countdown, local, span, utc

LABEL_WIDTH = 14
NO_SERVICE = "none"


def as_data(status: Status, now: int) -> dict[str, Any]:
    """Return a status for programs; times in UTC."""
    (listed,) = list_report.as_data([status.listed], now)
    return listed | {
        "stack_status": status.stack_status,
        "service": _texts(asdict(status.service)) if status.service else None,
        "versions": dict(status.versions or {}),
        "last_failure": _texts(asdict(status.failed_task)) if status.failed_task else None,
        "stack_failure": status.stack_failure,
    }


def _texts(value: Any) -> Any:
    """Write the times within plain data in ISO 8601."""
    if isinstance(value, dict):
        return {key: _texts(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(each) for each in value]
    return value.isoformat(timespec="seconds") if hasattr(value, "isoformat") else value


def as_text(status: Status, now: int) -> str:
    """Return a status for people, a line for each fact."""
    lines = [f"{label:<{LABEL_WIDTH}}{value}" for label, value in _facts(status, now)]
    headline = f"{status.listed.environment}: {state(status.listed, now)}"
    return "\n".join([headline, "", *(f"  {line}".rstrip() for line in lines)])


def _facts(status: Status, now: int) -> Iterator[tuple[str, str]]:
    listed = status.listed
    yield "URL", listed.url or "none"
    yield "stack", f"{listed.stack.name if listed.stack else 'unreadable'}  {status.stack_status}"
    if listed.problem:
        yield "problem", listed.problem
    yield "ends", _ends(status, now)
    if listed.created_at is not None:
        yield "age", span(max(0, now - listed.created_at))
    if listed.owner:
        yield "owner", listed.owner
    yield from _service(status.service, status)
    if status.stack_failure:
        yield "stack failed", status.stack_failure
    if status.failed_task:
        yield from _failed_task(status.failed_task)


def _ends(status: Status, now: int) -> str:
    lifetime = status.listed.lifetime()
    if lifetime is None:
        return "unknown"
    if lifetime.ends_at is None:
        return "never: it is pinned" if lifetime.is_pinned else "never"
    end = lifetime.ends_at
    return f"{countdown(end, now)}  {utc(end)}  {local(end)}"


def _service(service: Service | None, status: Status) -> Iterator[tuple[str, str]]:
    if service is None:
        yield "service", NO_SERVICE
        return
    counted = f"{service.running} of {service.desired} tasks run"
    yield "service", f"{counted}, rollout {service.rollout}"
    versions = status.versions or {}
    for task in service.tasks:
        serves = f"serves {versions[task.task]}" if task.task in versions else "serves nothing yet"
        yield "task", f"{task.task}  {task.status}, {task.health}, {serves}"
    yield from _targets(service)


def _targets(service: Service) -> Iterator[tuple[str, str]]:
    for group in service.groups:
        if len(service.groups) > 1:
            serves = "serves" if group.weight else "waits"
            count = f"{group.healthy} of {len(group.targets)} targets healthy"
            yield "target group", f"{group.name}  {serves}, {count}"
        for target in group.targets:
            reason = f" ({target.reason})" if target.reason else ""
            yield "target", f"{target.address}  {target.health}{reason}"
    if service.repair:
        yield "problem", "requests go to a target group without healthy targets; to send them on:"
        yield "", service.repair


def _failed_task(failed: StoppedTask) -> Iterator[tuple[str, str]]:
    at = f" at {utc(int(failed.stopped_at.timestamp()))}" if failed.stopped_at else ""
    yield "last failure", f"task {failed.task} stopped{at}: {failed.reason}"
    for container in failed.containers:
        yield "", container
    for line in failed.log:
        yield "", f"| {line}"
