"""Fixed tokens whose digests are in a secret: rotation, and a Secrets Manager that is down."""

import hashlib
import io
import json
from collections.abc import Iterable

import pytest

from token_validator.authorizer import Authorizer
from token_validator.kept import MAX_STALE_SECONDS
from token_validator.log import Log
from token_validator.secret_digests import REREAD_SECONDS, SecretDigests
from token_validator.sources import Sources
from token_validator.static_tokens import DigestsUnavailable
from validator_tokens import NOW, Json, bearer, es256_token, jwt_kind, settings

ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mockenv/tokens-AbCdEf"


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def version(*tokens: str) -> str:
    return json.dumps({"sha256": [digest(token) for token in tokens]})


class Secret:
    """A secret's present versions, or None while it can't be read; counts the reads."""

    def __init__(self, *versions: str) -> None:
        self.versions: tuple[str, ...] | None = versions
        self.read_count = 0

    def read(self, arn: str) -> Iterable[str]:
        assert arn == ARN
        self.read_count += 1
        if self.versions is None:
            raise OSError("down")
        return self.versions


class Reader:
    def __init__(self, secret: Secret) -> None:
        self.stream = io.StringIO()
        self._digests = SecretDigests(ARN, read=secret.read, log=Log(self.stream))

    def knows(self, token: str, seconds: float = 0) -> bool:
        return bytes.fromhex(digest(token)) in self._digests.digests(NOW + seconds)

    @property
    def log(self) -> list[Json]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


def test_the_current_and_the_previous_version_count() -> None:
    reader = Reader(Secret(version("new"), version("old", "older")))
    assert [reader.knows(token) for token in ("new", "old", "older", "other")] == [True] * 3 + [
        False
    ]
    assert reader.log == []


def test_it_is_read_at_most_once_a_minute() -> None:
    secret = Secret(version("a"))
    reader = Reader(secret)
    for seconds in range(REREAD_SECONDS + 1):
        reader.knows("unknown", seconds)
    assert secret.read_count == 1
    reader.knows("unknown", REREAD_SECONDS + 1)
    assert secret.read_count == 2


def test_a_rotation_is_seen_within_a_minute_and_leaves_the_previous_in_force() -> None:
    secret = Secret(version("a"))
    reader = Reader(secret)
    assert reader.knows("a")
    secret.versions = (version("b"), version("a"))
    later = REREAD_SECONDS + 1
    assert reader.knows("b", later)
    assert reader.knows("a", later)
    secret.versions = (version("c"), version("b"))
    assert not reader.knows("a", 2 * later)


def test_the_last_digests_serve_while_the_secret_can_not_be_read_but_not_for_ever() -> None:
    secret = Secret(version("a"))
    reader = Reader(secret)
    reader.knows("a")
    secret.versions = None
    assert reader.knows("a", MAX_STALE_SECONDS)
    with pytest.raises(DigestsUnavailable):
        reader.knows("a", MAX_STALE_SECONDS + 1)
    assert reader.log[0] == {
        "event": "secret_refused",
        "source": ARN,
        "problem": "OSError: down",
    }


BROKEN = [
    "",
    "token-in-the-clear",
    "[]",
    "{}",
    '{"sha256": []}',
    '{"sha256": "' + digest("a") + '"}',
    '{"sha256": ["token-in-the-clear"]}',
    json.dumps({"sha256": [digest("a")], "token-in-the-clear": 1}),
    '{"sha256": ["' + digest("a") + '"], "sha256": []}',
]


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_content_never_replaces_good_and_is_not_quoted(broken: str) -> None:
    secret = Secret(version("a"))
    reader = Reader(secret)
    reader.knows("a")
    secret.versions = (broken,)
    assert reader.knows("a", REREAD_SECONDS + 1)
    assert [line["event"] for line in reader.log] == ["secret_version_refused", "secret_refused"]
    assert "token-in-the-clear" not in json.dumps(reader.log)
    assert digest("a") not in json.dumps(reader.log)


@pytest.mark.parametrize("broken", BROKEN)
def test_one_broken_version_leaves_the_other_in_force(broken: str) -> None:
    assert Reader(Secret(broken, version("a"))).knows("a")
    assert Reader(Secret(version("a"), broken)).knows("a")


def authorizer(secret: Secret, *kinds: Json) -> tuple[Authorizer, io.StringIO]:
    stream = io.StringIO()
    own: Json = {"kind": "static", "secret": ARN, "scopes": ["team"]}
    text = settings(own, *kinds, scopes={"/": ["team"]})
    sources = Sources(fetch=lambda url: url.encode(), read_secret=secret.read)
    return Authorizer(text, clock=lambda: NOW, log=Log(stream), sources=sources), stream


def test_a_token_of_the_secret_opens_with_the_scopes_of_its_kind() -> None:
    judge, _ = authorizer(Secret(version("a")))
    answer = judge(bearer("a"))
    assert answer["context"] == {"subject": "static", "scopes": "team", "kind": "static"}
    assert not judge(bearer("b"))["isAuthorized"]


def test_a_secret_that_can_not_be_read_refuses_its_tokens_and_no_others() -> None:
    secret = Secret()
    secret.versions = None
    judge, stream = authorizer(secret, jwt_kind(scopes=["team"]))
    assert judge(bearer(es256_token()))["isAuthorized"]
    assert not judge(bearer("a"))["isAuthorized"]
    assert json.loads(stream.getvalue().splitlines()[-1])["reason"] == "digests_unavailable"
    assert secret.read_count == 1
