import io
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from token_validator.fetch import FetchError
from token_validator.jwks_cache import (
    MIN_FETCH_INTERVAL_SECONDS,
    REFRESH_SECONDS,
    JwksCache,
    KeysUnavailable,
)
from token_validator.kept import MAX_STALE_SECONDS
from token_validator.key_choice import KeyUnknown
from token_validator.keys import load_keys
from token_validator.log import Log
from validator_tokens import NOW, p256_jwk, p256_key

HANG_SECONDS = 30  # the end of a test that would hang, never what it measures
URL = "https://issuer.example/jwks.json"


def document(*key_ids: str) -> bytes:
    keys = [p256_jwk(p256_key(number), kid=key_id) for number, key_id in enumerate(key_ids)]
    return json.dumps({"keys": keys}).encode()


class Issuer:
    """Gives its present document, or fails when it has none; counts how often it is asked."""

    def __init__(self, present: bytes | None) -> None:
        self.present = present
        self.fetch_count = 0

    def fetch(self) -> bytes:
        self.fetch_count += 1
        if self.present is None:
            raise FetchError("no answer")
        return self.present


def cache_of(issuer: Issuer, stream: io.StringIO | None = None) -> JwksCache:
    log = Log(stream or io.StringIO())
    return JwksCache(URL, fetch=issuer.fetch, load_keys=load_keys, log=log)


def find(cache: JwksCache, key_id: str, seconds: float = 0) -> str | None:
    return cache.find_key(key_id, "ES256", NOW + seconds).key_id


def test_keys_are_fetched_when_first_needed_and_kept() -> None:
    issuer = Issuer(document("a"))
    cache = cache_of(issuer)
    assert issuer.fetch_count == 0
    assert [find(cache, "a", seconds) for seconds in (0, 1, REFRESH_SECONDS)] == ["a"] * 3
    assert issuer.fetch_count == 1


def test_keys_are_fetched_again_in_time() -> None:
    issuer = Issuer(document("a"))
    cache = cache_of(issuer)
    find(cache, "a")
    issuer.present = document("b")
    with pytest.raises(KeyUnknown):
        find(cache, "a", REFRESH_SECONDS + 1)
    assert find(cache, "b", REFRESH_SECONDS + 1) == "b"
    assert issuer.fetch_count == 2


def test_a_rotated_key_is_found_at_once() -> None:
    issuer = Issuer(document("a"))
    cache = cache_of(issuer)
    find(cache, "a")
    issuer.present = document("a", "b")
    assert find(cache, "b", MIN_FETCH_INTERVAL_SECONDS) == "b"
    assert issuer.fetch_count == 2


def test_unknown_keys_cause_one_fetch_per_interval() -> None:
    issuer = Issuer(document("a"))
    cache = cache_of(issuer)
    for number in range(1000):
        with pytest.raises(KeyUnknown):
            find(cache, f"unknown-{number}", number * MIN_FETCH_INTERVAL_SECONDS / 1000)
    assert issuer.fetch_count == 1
    with pytest.raises(KeyUnknown):
        find(cache, "unknown", MIN_FETCH_INTERVAL_SECONDS)
    assert issuer.fetch_count == 2
    assert find(cache, "a", MIN_FETCH_INTERVAL_SECONDS) == "a"


def test_an_issuer_that_was_never_up_is_asked_once_per_interval() -> None:
    issuer, stream = Issuer(None), io.StringIO()
    cache = cache_of(issuer, stream)
    for seconds in (0, 1, MIN_FETCH_INTERVAL_SECONDS - 1):
        with pytest.raises(KeysUnavailable):
            find(cache, "a", seconds)
    assert issuer.fetch_count == 1
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == [
        {"event": "jwks_refused", "source": URL, "problem": "FetchError: no answer"}
    ]
    issuer.present = document("a")
    assert find(cache, "a", MIN_FETCH_INTERVAL_SECONDS) == "a"


def test_stale_keys_serve_while_the_issuer_is_down_but_not_for_ever() -> None:
    issuer = Issuer(document("a"))
    cache = cache_of(issuer)
    find(cache, "a")
    issuer.present = None
    assert find(cache, "a", REFRESH_SECONDS + 1) == "a"
    assert find(cache, "a", MAX_STALE_SECONDS) == "a"
    with pytest.raises(KeysUnavailable):
        find(cache, "a", MAX_STALE_SECONDS + 1)
    issuer.present = document("a")
    assert find(cache, "a", MAX_STALE_SECONDS + MIN_FETCH_INTERVAL_SECONDS) == "a"


@pytest.mark.parametrize(
    "broken",
    [b"", b"<html>", b"[]", b"{}", b'{"keys": []}', b'{"keys": [{"kty": "oct"}]}', b"\xff"],
)
def test_a_document_without_keys_never_replaces_a_good_one(broken: bytes) -> None:
    issuer, stream = Issuer(document("a")), io.StringIO()
    cache = cache_of(issuer, stream)
    find(cache, "a")
    issuer.present = broken
    assert find(cache, "a", REFRESH_SECONDS + 1) == "a"
    assert issuer.fetch_count == 2
    assert '"event": "jwks_refused"' in stream.getvalue()


def test_a_clock_that_was_set_back_does_not_stop_fetching() -> None:
    issuer = Issuer(document("a"))
    cache = cache_of(issuer)
    find(cache, "a")
    issuer.present = document("a", "b")
    assert find(cache, "b", -86_400) == "b"


def test_concurrent_requests_wait_for_the_first_fetch_and_share_it() -> None:
    class SlowIssuer(Issuer):
        def fetch(self) -> bytes:
            threading.Event().wait(0.1)  # long enough for the others to come
            return super().fetch()

    issuer = SlowIssuer(document("a"))
    cache = cache_of(issuer)
    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(lambda _: find(cache, "a"), range(200))) == {"a"}
    assert issuer.fetch_count == 1


def test_who_has_usable_keys_does_not_wait_for_a_fetch() -> None:
    fetching, may_answer = threading.Event(), threading.Event()

    class SlowIssuer(Issuer):
        def fetch(self) -> bytes:
            if self.fetch_count:
                fetching.set()
                may_answer.wait()
            return super().fetch()

    issuer = SlowIssuer(document("a"))
    cache = cache_of(issuer)
    find(cache, "a")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(find, cache, "a", REFRESH_SECONDS + 1)
        fetching.wait()
        try:
            second = pool.submit(find, cache, "a", REFRESH_SECONDS + 1)
            assert second.result(HANG_SECONDS) == "a"
            assert not first.done()
        finally:
            may_answer.set()
        assert first.result() == "a"
    assert issuer.fetch_count == 2


def test_a_fetch_that_fails_unexpectedly_is_a_failed_one_and_blocks_no_later_one() -> None:
    class BrokenIssuer(Issuer):
        def fetch(self) -> bytes:
            if not self.fetch_count:
                self.fetch_count += 1
                raise RuntimeError("a fault of ours")
            return super().fetch()

    cache = cache_of(BrokenIssuer(document("a")))
    with pytest.raises(KeysUnavailable):
        find(cache, "a")
    assert find(cache, "a", MIN_FETCH_INTERVAL_SECONDS) == "a"
