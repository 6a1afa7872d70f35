"""Requests pass gateway, token validator, load balancer and mock host."""

from emulated_deployment.caller import Answer, Caller
from emulated_deployment.projects import TOKEN
from emulated_deployment.run import Run
from mockenv.names import ENVIRONMENT_HEADER

GATEWAY_TYPES = (
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::ApiGatewayV2::Authorizer",
)
BALANCER_TYPES = (
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::Listener",
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
)
RIGHT = {"authorization": f"Bearer {TOKEN}"}


def token_check(run: Run, caller: Caller) -> None:
    """401, 403 and 200, by token."""
    none, wrong = caller.gateway("/"), caller.gateway("/", {"authorization": "Bearer wrong"})
    run.findings.expect(
        "no token: 401, the validator is not asked", none.status == 401, none, *GATEWAY_TYPES
    )
    run.findings.expect(
        "a wrong token: 403, by the validator's function",
        wrong.status == 403,
        wrong,
        "AWS::Lambda::Function",
    )
    right = caller.gateway("/", RIGHT)
    run.findings.expect(
        "the right token: 200 from the mock, through gateway, rule and mock host",
        right.status == 200 and "Core API" in right.body,
        right,
        *BALANCER_TYPES,
        "AWS::ApiGatewayV2::Integration",
        "AWS::ECS::TaskDefinition",
    )


def routing(run: Run, caller: Caller) -> None:
    """Base paths lead to their mocks; the environment's header is the gateway's alone."""
    other = caller.gateway("/auth/keys", RIGHT)
    missing = caller.gateway("/no/such/path", RIGHT)
    run.findings.expect(
        "another base path: that mock's answer", other.status == 200 and "keys" in other.body, other
    )
    run.findings.expect("no such operation: 404 of the mock", missing.status == 404, missing)
    spoofed = caller.gateway("/", {**RIGHT, ENVIRONMENT_HEADER: "pr-7"})
    run.findings.expect(
        "a caller's own environment header is overwritten",
        spoofed.status == 200,
        spoofed,
        "AWS::ApiGatewayV2::Integration",
    )
    unknown = at_balancer(caller, "pr-40000")
    run.findings.expect(
        "an environment that is not there: the listener's own 404",
        unknown.status == 404 and "No environment" in unknown.body,
        unknown,
        "AWS::ElasticLoadBalancingV2::Listener",
    )


def side_by_side(run: Run, caller: Caller, second: Caller) -> None:
    """Two environments behind one load balancer: each rule leads to its own targets."""
    first, other = at_balancer(caller, "pr-123"), at_balancer(caller, "pr-7")
    run.findings.expect(
        "rules lead by header: pr-123 to its task, pr-7 to its group, which has none yet",
        (first.status, other.status) == (200, 503),
        f"{first.status}, {other.status}",
        *BALANCER_TYPES,
    )
    answers = [
        second.gateway("/ledger", headers).status
        for headers in ({}, {"x-mock-token": "wrong"}, {"x-mock-token": TOKEN})
    ]
    run.findings.expect(
        "pr-7 takes its token from x-mock-token: 401, 403, then 503",
        answers == [401, 403, 503],
        answers,
        "AWS::ApiGatewayV2::Authorizer",
    )


def at_balancer(caller: Caller, environment: str) -> Answer:
    """Ask the balancer itself, by the header that its rules choose by."""
    return caller.load_balancer("/_mockenv/health", {ENVIRONMENT_HEADER: environment})
