"""Follows the settings file of a local run: what can change while it runs does."""

import os
from collections.abc import Callable
from pathlib import Path

from mockenv.mock_host_config import sidecar_names
from mockenv.settings.local import Local
from mockenv.settings.problems import SettingsError
from mockenv.settings.resolve import EnvironmentSettings, LocalRunSettings, resolve_local_run
from mockenv.token_settings import needed_scopes

Stamp = tuple[int, int, int] | None


class LiveSettings:
    """Looks at the settings file; hands changed settings on and tells what became of them.

    Sources and paths of mocks, and local users, change at once. Tokens, scopes, and which mocks a
    MockServer answers, belong to other processes, so a change of those waits for the next start. A
    mistake changes nothing.
    """

    def __init__(
        self,
        file: Path,
        settings: LocalRunSettings,
        *,
        apply: Callable[[EnvironmentSettings], None],
        apply_local: Callable[[Local], None],
        tell: Callable[[str], None],
    ) -> None:
        self._file = file
        self._settings = settings.environment
        self._local = settings.local
        self._apply = apply
        self._apply_local = apply_local
        self._tell = tell
        self._stamp = self._last_seen = _stamp(file)

    def look(self) -> None:
        """Take a change of the file over, once the file is the same in two looks: written whole."""
        stamp, before = _stamp(self._file), self._last_seen
        self._last_seen = stamp
        if stamp is None or stamp == self._stamp or stamp != before:
            return
        self._stamp = stamp
        try:
            changed = resolve_local_run(self._file, self._settings.environment)
        except SettingsError as error:
            mend = f"correct {self._file.name}; until then, what was right goes on"
            self._tell(f"{error.message}\n  → {mend}")
            return
        self._take_over_local(changed.local)
        self._take_over(changed.environment)

    def _take_over_local(self, changed: Local) -> None:
        if changed != self._local:
            self._apply_local(changed)
        self._local = changed

    def _take_over(self, changed: EnvironmentSettings) -> None:
        waiting = needs_restart(self._settings, changed)
        if waiting:
            self._tell(f"{self._file.name}: a change of {waiting} waits for the next mockenv up")
            return
        if changed.mocks != self._settings.mocks:
            self._apply(changed)
        self._settings = changed


def needs_restart(old: EnvironmentSettings, new: EnvironmentSettings) -> str | None:
    """Name what has changed that only a new start can put in force, None if nothing has."""
    if old.tokens != new.tokens:
        return "tokens"
    if needed_scopes(old.mocks) != needed_scopes(new.mocks):
        return "scopes, or of the path of a mock that needs some"
    if sidecar_names(old) != sidecar_names(new):
        return "MockServer mocks"
    return None


def replace_file(file: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one, never a part."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, file)


def _stamp(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
