import json
from typing import Any

import pytest

from mock_constructs.settings_variable import MOST_SETTINGS_BYTES, settings_variable
from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.token_checks import MOST_SECRETS
from synthesized import SECRET_ARN, Synthesized
from token_validator.fetch import FETCH_TIMEOUT_SECONDS
from token_validator.settings import parse_settings


def test_the_validator_gets_the_settings_that_both_halves_run_by(
    synthesized: Synthesized,
) -> None:
    function = synthesized.properties("pr-123", "AWS::Lambda::Function")
    settings = json.loads(function["Environment"]["Variables"]["TOKEN_SETTINGS"])
    assert settings["header"] == "authorization"
    assert [kind["kind"] for kind in settings["kinds"]] == ["static"]


def test_the_validator_runs_on_arm_and_answers_before_the_gateway_gives_up(
    synthesized: Synthesized,
) -> None:
    function = synthesized.properties("pr-123", "AWS::Lambda::Function")
    assert (function["Runtime"], function["Architectures"]) == ("python3.13", ["arm64"])
    assert function["Timeout"] < 10
    assert function["Handler"] == "token_validator.handler.handler"
    assert "VpcConfig" not in function


def test_settings_that_a_lambda_function_can_hold_pass() -> None:
    text = settings_variable({"kinds": ["x" * (MOST_SETTINGS_BYTES - len('{"kinds":[""]}'))]})
    assert len(text) == MOST_SETTINGS_BYTES


def test_settings_that_are_too_large_for_a_lambda_function_are_refused() -> None:
    with pytest.raises(MockenvError) as caught:
        settings_variable({"kinds": ["x" * MOST_SETTINGS_BYTES]})
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    assert "tokens.kinds" in caught.value.next_step


def test_an_environment_that_no_token_opens_is_warned_of(synthesized: Synthesized) -> None:
    assert "no token opens this environment" in synthesized.metadata("pr-7")
    assert "no token opens this environment" not in synthesized.metadata("pr-123")


def test_an_environment_without_a_check_is_warned_of(synthesized: Synthesized) -> None:
    assert "whoever knows its URL can call it" in synthesized.metadata("pr-9")
    assert "whoever knows its URL can call it" not in synthesized.metadata("pr-123")
    assert synthesized.template("pr-9")["Outputs"]["TokenHeader"]["Value"] == "none"


def test_the_validator_is_told_of_kinds_and_scopes_in_plain_rules(
    synthesized: Synthesized,
) -> None:
    function = synthesized.properties("pr-8", "AWS::Lambda::Function")
    settings = parse_settings(function["Environment"]["Variables"]["TOKEN_SETTINGS"])
    assert settings.scopes == {"/auth": frozenset({"login", "read"})}
    assert [kind.secret for kind in settings.static_kinds] == [SECRET_ARN]
    (github,) = settings.jwt_kinds
    assert github.claims == {"repository_id": frozenset({"74"})}
    assert github.scopes == ("login", "read")


def secret_statements(synthesized: Synthesized, stack: str) -> list[dict[str, Any]]:
    return [s for s in synthesized.statements(stack) if "secretsmanager" in json.dumps(s)]


def test_the_validator_may_read_its_secret_and_nothing_else_of_it(
    synthesized: Synthesized,
) -> None:
    assert secret_statements(synthesized, "pr-8") == [
        {"Action": "secretsmanager:GetSecretValue", "Effect": "Allow", "Resource": SECRET_ARN}
    ]


@pytest.mark.parametrize("stack", ["pr-123", "load", "int", "pr-7", "pr-9"])
def test_without_a_secret_nobody_may_read_any(synthesized: Synthesized, stack: str) -> None:
    assert secret_statements(synthesized, stack) == []


def test_only_the_validator_s_role_may_read_the_secret(synthesized: Synthesized) -> None:
    (policy,) = (
        policy
        for policy in synthesized.all_of("pr-8", "AWS::IAM::Policy")
        if "secretsmanager" in json.dumps(policy)
    )
    function = synthesized.properties("pr-8", "AWS::Lambda::Function")
    role = function["Role"]["Fn::GetAtt"][0]
    assert policy["Properties"]["Roles"] == [{"Ref": role}]


def test_the_function_waits_for_its_permissions(synthesized: Synthesized) -> None:
    function = synthesized.only("pr-8", "AWS::Lambda::Function")
    template = synthesized.template("pr-8")["Resources"]
    policies = [name for name in function["DependsOn"] if "Policy" in name]
    assert any("secretsmanager" in json.dumps(template[name]) for name in policies)


def test_the_validator_has_time_for_two_secrets_and_an_issuer(synthesized: Synthesized) -> None:
    function = synthesized.properties("pr-8", "AWS::Lambda::Function")
    assert (MOST_SECRETS + 1) * FETCH_TIMEOUT_SECONDS < function["Timeout"] < 10
