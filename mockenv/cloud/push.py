"""Brings changed mocks into a deployed environment, without a deployment."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mockenv.cloud.version_store import VersionStore
from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.resolve import EnvironmentSettings
from mockenv.sources import CONFIG_FILE, write_sources

# `--check` of the mock host: loads every document just as it will on AWS.
Check = Callable[[Path], None]
WHOLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"}


@dataclass(frozen=True)
class Pushed:
    """What a push came to; `current_since` is by S3's clock, None if nothing was changed."""

    version: str
    previous: str
    current_since: datetime | None


def require_whole(environment: str, status: str) -> None:
    """Raise MockenvError for an environment whose stack is being changed, or has failed."""
    if status in WHOLE:
        return
    step = "wait until that is over, then run the command again"
    if not status.endswith("_IN_PROGRESS"):
        step = f"deploy it again: cdk deploy -c env={environment}"
    raise MockenvError(f"the stack of {environment} is {status}", next_step=step)


def require_pushable(environment: str, folder: Path, store: VersionStore, current: str) -> None:
    """Raise MockenvError for a change that takes more than other sources.

    A base path is a route of the gateway, an engine a container of the task: those come with a
    deployment.
    """
    deployed = json.loads(store.read(current, CONFIG_FILE) or b"{}")
    wanted = json.loads((folder / CONFIG_FILE).read_bytes())
    if _shape(deployed) == _shape(wanted):
        return
    raise MockenvError(
        "base paths, engines, the token header or whether scopes are needed have changed, "
        "which a push can't bring",
        next_step=f"deploy it: cdk deploy -c env={environment}",
        exit_code=ExitCode.BAD_INPUT,
    )


def _shape(config: dict[str, Any]) -> tuple[Any, ...]:
    mocks = config.get("mocks", [])
    places = sorted(
        # Without expectations, as before MockServers were given theirs while they run.
        (mock["path"], mock["engine"], mock.get("upstream", ""), "expectations" in mock)
        for mock in mocks
    )
    return config.get("token_header"), config.get("requires_route"), places


def push(
    settings: EnvironmentSettings, store: VersionStore, *, pushed_by: str, check: Check
) -> Pushed:
    """Check the sources, store them as a version, and make that version current, in this order.

    Raises MockenvError, and changes nothing that is served, for sources that the mock host refuses,
    or if somebody else changed the version meanwhile.
    """
    seen = store.current()
    with tempfile.TemporaryDirectory(prefix="mockenv-push-") as folder:
        version = write_sources(settings, Path(folder))
        check(Path(folder))
        if version == seen.version:
            return Pushed(version, seen.version, None)
        require_pushable(settings.environment, Path(folder), store, seen.version)
        store.upload(Path(folder), version, pushed_by)
    return Pushed(version, seen.version, store.point_to(version, seen))


def roll_back(store: VersionStore, wanted: str) -> Pushed:
    """Make an earlier version current; raises MockenvError if `wanted` names none."""
    seen = store.current()
    version = store.find(wanted)
    if version == seen.version:
        raise MockenvError(
            f"version {version} is current already",
            next_step="name another one of those that mockenv versions shows",
            exit_code=ExitCode.BAD_INPUT,
        )
    return Pushed(version, seen.version, store.point_to(version, seen))
