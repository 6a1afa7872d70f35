"""An issuer's keys by address: fetched rarely, shared by all requests, kept while it is down."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from token_validator import strict_json
from token_validator.jwks_fetch import JwksFetchError
from token_validator.key_choice import KeyUnknown, choose_key
from token_validator.log import Log
from token_validator.refusal import Refusal

if TYPE_CHECKING:
    from token_validator.keys import VerificationKey

REFRESH_SECONDS = 300
MIN_FETCH_INTERVAL_SECONDS = 30
MAX_STALE_SECONDS = 3600

LoadKeys = Callable[[strict_json.JsonObject], tuple["VerificationKey", ...]]


class KeysUnavailable(Refusal):
    """The issuer's keys were never fetched, or too long ago."""

    reason = "keys_unavailable"


class FetchedKeys(NamedTuple):
    """Keys and when they were fetched (seconds since 1970)."""

    keys: tuple["VerificationKey", ...]
    fetched_at: float

    def is_older_than(self, seconds: float, now: float) -> bool:
        """Whether the keys were fetched more than `seconds` before `now`."""
        return now - self.fetched_at > seconds


class JwksCache:
    """A KeySource over one JWKS address, safe to share between threads."""

    def __init__(
        self, url: str, *, fetch: Callable[[str], bytes], load_keys: LoadKeys, log: Log
    ) -> None:
        self._url = url
        self._fetch = fetch
        self._load_keys = load_keys
        self._log = log
        self._fetching = threading.Lock()
        self._fetched: FetchedKeys | None = None
        self._attempted_at: float | None = None

    def find_key(self, key_id: str | None, algorithm: str, now: float) -> "VerificationKey":
        """The key for a token; an unknown one makes it look for a rotated key at once."""
        if self._fetched is None or self._fetched.is_older_than(REFRESH_SECONDS, now):
            self._refresh(now, wait=self._fetched is None)
        try:
            return choose_key(self._usable_keys(now), key_id, algorithm)
        except KeyUnknown:
            self._refresh(now, wait=True)
            return choose_key(self._usable_keys(now), key_id, algorithm)

    def _usable_keys(self, now: float) -> tuple["VerificationKey", ...]:
        fetched = self._fetched
        if fetched is None or fetched.is_older_than(MAX_STALE_SECONDS, now):
            raise KeysUnavailable
        return fetched.keys

    def _refresh(self, now: float, *, wait: bool) -> None:
        """Fetches unless that was tried lately; only who has no use for old keys has to wait."""
        if not self._fetching.acquire(blocking=wait):
            return
        try:
            if self._may_fetch(now):
                self._attempted_at = now
                self._fetched = FetchedKeys(self._fetch_keys(), now)
        except (JwksFetchError, ValueError) as error:
            self._log.write("jwks_refused", url=self._url, problem=str(error))
        finally:
            self._fetching.release()

    def _may_fetch(self, now: float) -> bool:
        # The absolute distance, so that a clock that was set back does not stop fetching.
        last = self._attempted_at
        return last is None or abs(now - last) >= MIN_FETCH_INTERVAL_SECONDS

    def _fetch_keys(self) -> tuple["VerificationKey", ...]:
        return self._load_keys(strict_json.parse_object(self._fetch(self._url)))
