import json

import pytest

from mock_constructs.settings_variable import MOST_SETTINGS_BYTES, settings_variable
from mockenv.errors import ExitCode, MockenvError
from synthesized import Synthesized


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
