"""An issuer's keys: fetched rarely, shared by all requests, kept while it is down."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from token_validator import strict_json
from token_validator.kept import Kept, Rhythm, Source
from token_validator.key_choice import KeyUnknown, choose_key
from token_validator.log import Log
from token_validator.refusal import Refusal

if TYPE_CHECKING:
    from token_validator.keys import VerificationKey

REFRESH_SECONDS = 300
MIN_FETCH_INTERVAL_SECONDS = 30

FetchJwks = Callable[[], bytes]
LoadKeys = Callable[[strict_json.JsonObject], tuple["VerificationKey", ...]]


class KeysUnavailable(Refusal):
    """The issuer's keys were never fetched, or too long ago."""

    reason = "keys_unavailable"


class JwksCache:
    """A KeySource over the document that `fetch` brings, named `place` in the log."""

    def __init__(self, place: str, *, fetch: FetchJwks, load_keys: LoadKeys, log: Log) -> None:
        self._kept = Kept(
            lambda: load_keys(strict_json.parse_object(fetch())),
            rhythm=Rhythm(REFRESH_SECONDS, MIN_FETCH_INTERVAL_SECONDS),
            source=Source("jwks_refused", place),
            log=log,
        )

    def find_key(self, key_id: str | None, algorithm: str, now: float) -> "VerificationKey":
        """The key for a token; an unknown one makes it look for a rotated key at once."""
        try:
            return choose_key(self._keys(now), key_id, algorithm)
        except KeyUnknown:
            self._kept.renew(now, wait=True)
            return choose_key(self._keys(now), key_id, algorithm)

    def _keys(self, now: float) -> tuple["VerificationKey", ...]:
        keys = self._kept.get(now)
        if keys is None:
            raise KeysUnavailable
        return keys
