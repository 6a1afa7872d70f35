"""Scopes by mock, and that an answer that is cached by token and route can't leak."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_constructs.route_keys import route_keys
from token_validator.authorizer import Answer, Authorizer
from token_validator.log import Log
from token_validator.mock_scopes import RouteUnclear, ScopeMissing, check_scopes, needed_scopes
from token_validator.sources import real_sources
from validator_tokens import NOW, Json, bearer, claims, es256_token, settings

SCOPES = {
    "/": frozenset({"core"}),
    "/pay": frozenset({"read", "write"}),
    "/pay/v2": frozenset({"v2"}),
}
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("route", "needed"),
    [
        ("ANY /", SCOPES["/"]),
        ("ANY /{proxy+}", SCOPES["/"]),
        ("ANY /pay", SCOPES["/pay"]),
        ("ANY /pay/{proxy+}", SCOPES["/pay"]),
        ("ANY /pay/v2/{proxy+}", SCOPES["/pay/v2"]),
        ("ANY /free", NONE),
        ("ANY /free/{proxy+}", NONE),
        ("GET /_mockenv/health", NONE),
    ],
)
def test_a_route_needs_the_scopes_of_its_mock(route: str, needed: frozenset[str]) -> None:
    assert needed_scopes(bearer("t", route), SCOPES) == needed


@pytest.mark.parametrize("route", [None, "", 7, "$default", "ANY", "ANY pay", " /pay", ["ANY /"]])
def test_a_route_that_is_unclear_is_refused_where_scopes_count(route: object) -> None:
    with pytest.raises(RouteUnclear):
        needed_scopes(bearer("t", route), SCOPES)
    assert needed_scopes(bearer("t", route), {}) == NONE


@pytest.mark.parametrize("event", [None, [], {}, "ANY /pay"])
def test_an_event_that_is_none_names_no_route(event: object) -> None:
    with pytest.raises(RouteUnclear):
        needed_scopes(event, SCOPES)


def test_all_needed_scopes_must_be_there() -> None:
    check_scopes(SCOPES["/pay"], "write other read")
    check_scopes(NONE, "")
    for scopes in ("", "read", "READ write", "readwrite", "read,write"):
        with pytest.raises(ScopeMissing):
            check_scopes(SCOPES["/pay"], scopes)


PATHS = ("/", "/pay", "/pay/v2", "/free")
ROUTES = [str(key) for key in route_keys(PATHS) if key.needs_token]
TOKENS = {
    scopes: es256_token(body=claims(scope=scopes))
    for scopes in ("", "core", "read", "read write", "v2", "core read write v2")
}


def authorizer() -> Authorizer:
    needed = {path: sorted(scopes) for path, scopes in SCOPES.items()}
    text = settings(scopes=needed)
    return Authorizer(text, clock=lambda: NOW, log=Log(io.StringIO()), sources=real_sources())


AUTHORIZER = authorizer()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("scopes", TOKENS)
def test_a_token_opens_the_mocks_that_its_scopes_are_for(route: str, scopes: str) -> None:
    path = route.split(" ")[1].removesuffix("/{proxy+}") or "/"
    expected = SCOPES.get(path, NONE) <= set(scopes.split())
    assert AUTHORIZER(bearer(TOKENS[scopes], route))["isAuthorized"] is expected


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
OTHER_MEMBERS = st.dictionaries(
    st.sampled_from(
        [
            *("rawPath", "rawQueryString", "cookies", "pathParameters", "requestContext"),
            *("routeArn", "queryStringParameters", "identitySource", "stageVariables", "type"),
        ]
    ),
    JSON_VALUES | st.sampled_from(["/pay/x", "/free", "/%70ay", "/pay/../free", "ANY /pay"]),
)
OTHER_HEADERS = st.dictionaries(
    st.sampled_from(["x-mock-token", "x-original-url", "x-mock-environment", "cookie", "host"]),
    st.text(max_size=8),
)


@given(st.sampled_from(sorted(TOKENS)), st.sampled_from(ROUTES), OTHER_MEMBERS, OTHER_HEADERS)
def test_nothing_but_token_and_route_counts(
    scopes: str, route: str, members: Json, headers: dict[str, str]
) -> None:
    """The gateway answers from its cache by these two, so nothing else may make a difference."""
    plain = bearer(TOKENS[scopes], route)
    own_headers = plain["headers"]
    assert isinstance(own_headers, dict)
    other = {
        **plain,
        **members,
        "headers": headers | {"authorization": own_headers["authorization"]},
    }
    assert AUTHORIZER(other) == AUTHORIZER(plain)


class GatewayCache:
    """API Gateway's: answers by the values of the identity sources, whatever the path."""

    def __init__(self, validator: Authorizer) -> None:
        self._validator = validator
        self._answers: dict[tuple[str, str], Answer] = {}

    def ask(self, event: Json) -> bool:
        headers = event["headers"]
        assert isinstance(headers, dict)
        key = (str(headers["authorization"]), str(event["routeKey"]))
        if key not in self._answers:
            self._answers[key] = self._validator(event)
        return self._answers[key]["isAuthorized"]


@given(st.lists(st.tuples(st.sampled_from(sorted(TOKENS)), st.sampled_from(ROUTES)), max_size=40))
def test_an_answer_from_the_cache_is_the_one_that_would_be_given(
    requests: list[tuple[str, str]],
) -> None:
    cache = GatewayCache(AUTHORIZER)
    for scopes, route in requests:
        event = bearer(TOKENS[scopes], route)
        assert cache.ask(event) is AUTHORIZER(event)["isAuthorized"]


def test_a_refusal_for_a_scope_is_told_to_the_log_only() -> None:
    stream = io.StringIO()
    judge = Authorizer(
        settings(scopes={"/pay": ["read"]}),
        clock=lambda: NOW,
        log=Log(stream),
        sources=real_sources(),
    )
    assert judge(bearer(TOKENS["core"], "ANY /pay")) == {"isAuthorized": False, "context": {}}
    line = json.loads(stream.getvalue())
    assert (line["reason"], line["route"]) == ("scope_missing", "ANY /pay")
