from typing import Any

import pytest

from mock_constructs.gateway import ACCESS_LOG_FIELDS
from synthesized import Synthesized

ENVIRONMENTS = ["pr-123", "load", "int", "pr-7", "pr-8"]
# API Gateway developer guide, "Customize HTTP API access logs", those that are about a request;
# `authorizer.status` and `authorizer.latency` are of REST APIs.
HTTP_API_VARIABLES = {
    "authorizer.error",
    "domainName",
    "error.message",
    "error.responseType",
    "httpMethod",
    "identity.sourceIp",
    "identity.userAgent",
    "integrationErrorMessage",
    "integrationLatency",
    "integrationStatus",
    "path",
    "protocol",
    "requestId",
    "requestTime",
    "requestTimeEpoch",
    "responseLatency",
    "responseLength",
    "routeKey",
    "stage",
    "status",
}


def routes(synthesized: Synthesized, stack: str) -> dict[str, dict[str, Any]]:
    found = synthesized.all_of(stack, "AWS::ApiGatewayV2::Route")
    return {route["Properties"]["RouteKey"]: route["Properties"] for route in found}


def test_each_mock_has_its_routes_and_the_root_mock_takes_the_rest(
    synthesized: Synthesized,
) -> None:
    assert set(routes(synthesized, "pr-123")) == {
        "GET /_mockenv/health",
        "ANY /",
        "ANY /{proxy+}",
        "OPTIONS /",
        "OPTIONS /{proxy+}",
        "ANY /auth",
        "ANY /auth/{proxy+}",
        "OPTIONS /auth",
        "OPTIONS /auth/{proxy+}",
    }


def test_an_environment_without_a_root_mock_has_no_catch_all_route(
    synthesized: Synthesized,
) -> None:
    assert "ANY /{proxy+}" not in routes(synthesized, "pr-7")
    assert "ANY /audit/v1/{proxy+}" in routes(synthesized, "pr-7")


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_only_preflights_pass_without_a_token(synthesized: Synthesized, stack: str) -> None:
    authorizer = {"Ref": synthesized.logical_id(stack, "AWS::ApiGatewayV2::Authorizer")}
    for key, route in routes(synthesized, stack).items():
        if key.startswith("OPTIONS "):
            assert (route["AuthorizationType"], route.get("AuthorizerId")) == ("NONE", None)
        else:
            assert (route["AuthorizationType"], route["AuthorizerId"]) == ("CUSTOM", authorizer)


def test_without_a_token_check_every_route_is_open_and_there_is_no_validator(
    synthesized: Synthesized,
) -> None:
    types = {route["AuthorizationType"] for route in routes(synthesized, "pr-9").values()}
    assert types == {"NONE"}
    assert not any("AuthorizerId" in route for route in routes(synthesized, "pr-9").values())
    for kind in ("ApiGatewayV2::Authorizer", "Lambda::Function", "Lambda::Permission"):
        assert synthesized.all_of("pr-9", f"AWS::{kind}") == []


@pytest.mark.parametrize("stack", [*ENVIRONMENTS, "pr-9"])
def test_every_route_overwrites_the_environment_header(
    synthesized: Synthesized, stack: str
) -> None:
    """All routes share one integration: a route that led elsewhere would let a header through."""
    integration = synthesized.only(stack, "AWS::ApiGatewayV2::Integration")["Properties"]
    logical_id = synthesized.logical_id(stack, "AWS::ApiGatewayV2::Integration")
    target = {"Fn::Join": ["", ["integrations/", {"Ref": logical_id}]]}
    assert {str(r["Target"]) for r in routes(synthesized, stack).values()} == {str(target)}
    overwritten = {"overwrite:header.x-mock-environment": stack}
    if stack == "pr-8":  # one of its mocks needs scopes
        overwritten["overwrite:header.x-mock-route"] = "$context.routeKey"
    assert integration["RequestParameters"] == overwritten


def test_requests_go_through_the_shared_link_and_wait_29_seconds(
    synthesized: Synthesized,
) -> None:
    integration = synthesized.properties("pr-123", "AWS::ApiGatewayV2::Integration")
    assert integration["ConnectionType"] == "VPC_LINK"
    assert integration["ConnectionId"] == {"Ref": "NetworkGatewayLinkId"}
    assert integration["IntegrationUri"] == {"Ref": "NetworkListenerArn"}
    assert integration["TimeoutInMillis"] == 29_000


def test_the_stage_throttles_as_set(synthesized: Synthesized) -> None:
    settings = synthesized.properties("load", "AWS::ApiGatewayV2::Stage")["DefaultRouteSettings"]
    assert settings == {"ThrottlingBurstLimit": 5_000, "ThrottlingRateLimit": 10_000}


def test_the_access_log_holds_no_header_no_query_and_no_claim(synthesized: Synthesized) -> None:
    stage = synthesized.properties("pr-123", "AWS::ApiGatewayV2::Stage")
    log_format = stage["AccessLogSettings"]["Format"]
    assert "$context.path" in log_format
    for secret in ("header", "query", "requestOverride", "claims", "$request", "\n"):
        assert secret not in log_format
    assert not str(stage["AccessLogSettings"]["DestinationArn"]).endswith(":*")


def test_the_access_log_asks_for_what_http_apis_have() -> None:
    """API Gateway takes any name under `authorizer`, as a key of the validator's answer."""
    asked = {text.removeprefix("$context.") for text in ACCESS_LOG_FIELDS.values()}
    assert asked <= HTTP_API_VARIABLES


@pytest.mark.parametrize(
    ("stack", "header", "cache_seconds"),
    [("pr-123", "authorization", 120), ("pr-7", "x-mock-token", 300)],
)
def test_answers_are_cached_for_each_token_and_route(
    synthesized: Synthesized, stack: str, header: str, cache_seconds: int
) -> None:
    authorizer = synthesized.properties(stack, "AWS::ApiGatewayV2::Authorizer")
    assert authorizer["IdentitySource"] == [f"$request.header.{header}", "$context.routeKey"]
    assert authorizer["AuthorizerResultTtlInSeconds"] == cache_seconds
    assert authorizer["AuthorizerPayloadFormatVersion"] == "2.0"
    assert authorizer["EnableSimpleResponses"] is True
    assert authorizer["AuthorizerType"] == "REQUEST"


def test_only_this_authorizer_may_call_the_validator(synthesized: Synthesized) -> None:
    permission = synthesized.properties("pr-123", "AWS::Lambda::Permission")
    authorizer = synthesized.logical_id("pr-123", "AWS::ApiGatewayV2::Authorizer")
    assert permission["Principal"] == "apigateway.amazonaws.com"
    assert permission["SourceArn"]["Fn::Join"][1][-2:] == ["/authorizers/", {"Ref": authorizer}]
