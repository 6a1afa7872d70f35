import hashlib
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from token_validator.static_tokens import FixedDigests, digest_of, is_among


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def is_known(token: str, digests: Iterable[bytes]) -> bool:
    return is_among(digest_of(token), digests)


def test_every_configured_token_is_known() -> None:
    digests = [digest("current"), digest("previous")]
    assert is_known("current", digests)
    assert is_known("previous", digests)


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda token: token != "current"))
def test_no_other_token_is(token: str) -> None:
    assert not is_known(token, [digest("current")])


def test_a_digest_is_not_a_token() -> None:
    assert not is_known(digest("current").hex(), [digest("current")])


def test_without_digests_nothing_is_known() -> None:
    assert not is_known("", [])


def test_a_match_does_not_end_the_comparison() -> None:
    candidates = iter([digest("current"), digest("previous")])
    assert is_known("current", candidates)
    assert next(candidates, None) is None


def test_digests_of_the_settings_stay_the_same() -> None:
    source = FixedDigests((digest("current"),))
    assert source.digests(0) == source.digests(10**9) == (digest("current"),)
