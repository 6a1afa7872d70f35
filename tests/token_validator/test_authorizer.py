import hashlib
import io
import json
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from token_validator.authorizer import Answer, Authorizer
from token_validator.fetch import FetchError
from token_validator.log import Log
from token_validator.sources import Sources
from validator_tokens import (
    ISSUER,
    NOW,
    Json,
    bearer,
    claims,
    es256_token,
    event,
    header,
    jwks,
    jwt_kind,
    rs256_token,
    settings,
)

REFUSED: Answer = {"isAuthorized": False, "context": {}}
STATIC: Json = {"kind": "static", "sha256": [hashlib.sha256(b"static-token").hexdigest()]}


class Authorization:
    """An authorizer with a clock that stands still, and what it logged."""

    def __init__(
        self,
        settings_text: str | None,
        clock: Callable[[], float] = lambda: NOW,
        fetch: Callable[[str], bytes] = lambda _: json.dumps(jwks()).encode(),
        read_secret: Callable[[str], Iterable[str]] = lambda _: (),
    ) -> None:
        self._stream = io.StringIO()
        self.authorizer = Authorizer(
            settings_text,
            clock=clock,
            log=Log(self._stream),
            sources=Sources(fetch, read_secret),
        )

    def answer(self, request_event: object) -> Answer:
        return self.authorizer(request_event)

    @property
    def log(self) -> list[Json]:
        return [json.loads(line) for line in self._stream.getvalue().splitlines()]


def test_an_accepted_token_gives_its_context_as_texts_and_no_log_line() -> None:
    authorization = Authorization(settings())
    token = es256_token(body=claims(scope=["read", "write"]))
    assert authorization.answer(bearer(token)) == {
        "isAuthorized": True,
        "context": {"subject": "alice", "scopes": "read write", "kind": "jwt"},
    }
    assert authorization.log == []


def test_a_static_token_gives_its_context() -> None:
    authorization = Authorization(settings(STATIC, header="x-mock-token"))
    assert authorization.answer(event("static-token", "x-mock-token")) == {
        "isAuthorized": True,
        "context": {"subject": "static", "scopes": "", "kind": "static"},
    }


def test_a_refusal_tells_the_caller_nothing_and_the_log_why() -> None:
    authorization = Authorization(settings())
    assert authorization.answer(bearer(es256_token(body=claims(aud="orders")))) == REFUSED
    assert authorization.log == [
        {
            "event": "refused",
            "reason": "audience_wrong",
            "request_id": "request-1",
            "route": "ANY /{proxy+}",
            "algorithm": "ES256",
            "key_id": "p256",
            "issuer": ISSUER,
            "subject": "alice",
        }
    ]


@pytest.mark.parametrize(
    "token", [es256_token(body=claims(exp=1)), "not-a-token", es256_token()[:-4], "a,b"]
)
def test_the_log_never_has_the_token(token: str) -> None:
    authorization = Authorization(settings(STATIC, jwt_kind()))
    assert authorization.answer(bearer(token)) == REFUSED
    assert len(authorization.log) == 1
    assert token not in json.dumps(authorization.log)
    assert token.rpartition(".")[2] not in json.dumps(authorization.log)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "TOKEN_SETTINGS is not set"),
        ("{", "not usable JSON"),
        (settings({"kind": "none"}), "kind: not one of"),
        (settings(jwt_kind(jwks={"keys": []})), f"jwks of issuer {ISSUER}: keys: empty"),
    ],
)
def test_with_unusable_settings_nothing_is_accepted_and_the_log_says_why(
    text: str | None, problem: str
) -> None:
    authorization = Authorization(text)
    assert problem in (authorization.authorizer.problem or "")
    assert authorization.answer(bearer(es256_token())) == REFUSED
    refused_settings, refused = authorization.log
    assert refused_settings["event"] == "settings_refused"
    assert problem in str(refused_settings["problem"])
    assert refused["reason"] == "settings_unusable"


def test_usable_settings_have_no_problem() -> None:
    assert Authorization(settings(STATIC, jwt_kind())).authorizer.problem is None


def test_a_fault_of_ours_refuses_and_says_where_without_quoting_anything() -> None:
    def broken_clock() -> float:
        raise RuntimeError("secret")

    authorization = Authorization(settings(), clock=broken_clock)
    assert authorization.answer(bearer(es256_token())) == REFUSED
    assert authorization.log[0]["reason"] == "unexpected"
    assert str(authorization.log[0]["problem"]).startswith("RuntimeError in broken_clock:")
    assert "secret" not in json.dumps(authorization.log)


def test_keys_come_from_the_address_in_the_settings_only() -> None:
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return json.dumps(jwks()).encode()

    address = "https://issuer.example/jwks.json"
    authorization = Authorization(settings(jwt_kind(jwks=None, jwks_url=address)), fetch=fetch)
    assert asked == []
    token = es256_token(header(jku="https://attacker.example/jwks.json"))
    assert authorization.answer(bearer(token))["isAuthorized"]
    assert authorization.answer(bearer(rs256_token()))["isAuthorized"]
    assert asked == [address]


def test_an_issuer_that_is_down_refuses_its_tokens_and_no_others() -> None:
    def fetch(url: str) -> bytes:
        raise FetchError(f"{url}: no answer")

    remote = jwt_kind(jwks=None, jwks_url="https://issuer.example/jwks.json")
    authorization = Authorization(settings(STATIC, remote), fetch=fetch)
    assert authorization.answer(bearer(es256_token())) == REFUSED
    assert [line.get("reason") for line in authorization.log] == [None, "keys_unavailable"]
    assert authorization.answer(bearer("static-token"))["isAuthorized"]


EVENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["headers", "authorization", "requestContext", "routeKey", "requestId"])
            | st.text(max_size=3),
            inner,
        )
    ),
)
ANY_AUTHORIZER = Authorization(settings(STATIC, jwt_kind()))


@given(EVENTS)
def test_no_event_raises_or_is_accepted(request_event: object) -> None:
    assert ANY_AUTHORIZER.answer(request_event) == REFUSED
    assert ANY_AUTHORIZER.log[-1]["reason"] != "unexpected"


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_no_token_raises_or_is_accepted(token: str) -> None:
    assert ANY_AUTHORIZER.answer(bearer(token)) == REFUSED
    assert ANY_AUTHORIZER.log[-1]["reason"] != "unexpected"


HEADER_VALUES = st.none() | st.text() | st.integers() | st.lists(st.text(max_size=3), max_size=2)
CLAIM_VALUES = HEADER_VALUES | st.floats() | st.sampled_from([NOW + 5, "payments", ISSUER])


@given(
    st.dictionaries(st.sampled_from(["alg", "kid", "crit", "typ", "b64", "jwk"]), HEADER_VALUES),
    st.dictionaries(
        st.sampled_from(["iss", "aud", "exp", "nbf", "iat", "sub", "scope"]), CLAIM_VALUES
    ),
)
def test_no_signed_token_raises_whatever_it_says(head: Json, said: Json) -> None:
    token = es256_token({"alg": "ES256", "kid": "p256"} | head, claims() | said)
    answer = ANY_AUTHORIZER.answer(bearer(token))
    if answer == REFUSED:
        assert ANY_AUTHORIZER.log[-1]["reason"] != "unexpected"
    else:
        assert all(isinstance(value, str) for value in answer["context"].values())
