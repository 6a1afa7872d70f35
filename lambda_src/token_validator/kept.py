"""A value from elsewhere: loaded rarely, shared by all requests, kept while its source is down."""

import threading
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from token_validator.fetch import FETCH_TIMEOUT_SECONDS, FetchError, within
from token_validator.log import Log

MAX_STALE_SECONDS = 3600

Value = TypeVar("Value")


class Rhythm(NamedTuple):
    """How often a value is loaded: again when it is that old, never sooner after an attempt."""

    refresh_seconds: float
    min_interval_seconds: float


class Source(NamedTuple):
    """Where a value comes from, in the words of the log."""

    event: str
    place: str


class _Loaded(NamedTuple, Generic[Value]):
    value: Value
    at: float

    def is_older_than(self, seconds: float, now: float) -> bool:
        return now - self.at > seconds


class Kept(Generic[Value]):
    """What `load` gave last, safe to share between threads; a failed load never replaces it.

    A load may take FETCH_TIMEOUT_SECONDS as a whole, and its value serves MAX_STALE_SECONDS.
    """

    def __init__(
        self, load: Callable[[], Value], *, rhythm: Rhythm, source: Source, log: Log
    ) -> None:
        self._load = load
        self._rhythm = rhythm
        self._source = source
        self._log = log
        self._loading = threading.Lock()
        self._loaded: _Loaded[Value] | None = None
        self._attempted_at: float | None = None

    def get(self, now: float) -> Value | None:
        """The value, loaded again if it is due; None if there is none that is recent enough."""
        loaded = self._loaded
        if loaded is None or loaded.is_older_than(self._rhythm.refresh_seconds, now):
            self.renew(now, wait=self._usable(now) is None)
        return self._usable(now)

    def renew(self, now: float, *, wait: bool) -> None:
        """Loads unless that was tried lately; only who has no use for the old value has to wait."""
        if not self._loading.acquire(blocking=wait):
            return
        try:
            if self._may_load(now):
                self._attempted_at = now
                self._loaded = _Loaded(within(FETCH_TIMEOUT_SECONDS, self._load), now)
        except FetchError as error:
            self._log.write(self._source.event, source=self._source.place, problem=str(error))
        finally:
            self._loading.release()

    def _usable(self, now: float) -> Value | None:
        loaded = self._loaded
        if loaded is None or loaded.is_older_than(MAX_STALE_SECONDS, now):
            return None
        return loaded.value

    def _may_load(self, now: float) -> bool:
        # The absolute distance, so that a clock that was set back does not stop loading.
        last = self._attempted_at
        return last is None or abs(now - last) >= self._rhythm.min_interval_seconds
