"""What a user is told once it serves."""

import dataclasses
import shlex
from pathlib import Path

import pytest

from builders import environment, mock
from mockenv.local.report import Report, as_data, as_text, curl_line, token_curl_line
from mockenv.local.run import Address, Serving
from mockenv.local.users import FirstUser
from mockenv.settings.model import Engine
from mockenv.settings.tokens import Tokens

GENERATED = FirstUser("me", "pass")


def report(header: str = "authorization", user: FirstUser = GENERATED) -> Report:
    return Report(
        settings=environment(
            mock(Path("mocks/core.yaml").absolute()),
            mock(Path("/elsewhere/auth.yaml"), "auth", "/auth"),
            environment="local",
            tokens=Tokens.model_validate({"header": header}),
        ),
        serving=Serving(Address("http://127.0.0.1:8080", 8080), 0.44),
        token="e30.e30.c2ln",
        token_expires_at=1_800_000_000,
        first_path="/pets?a=1&b=2",
        user=user,
    )


@pytest.mark.parametrize(
    ("header", "sent"),
    [("authorization", "Bearer e30.e30.c2ln"), ("x-mock-token", "e30.e30.c2ln")],
)
def test_the_curl_line_survives_a_shell(header: str, sent: str) -> None:
    words = shlex.split(curl_line(report(header)))
    assert words == ["curl", "-i", "-H", f"{header}: {sent}", "http://127.0.0.1:8080/pets?a=1&b=2"]


def test_people_see_url_mocks_token_and_curl() -> None:
    text = as_text(report())
    assert "payments/local is up (in 0.4 s)" in text
    assert "  http://127.0.0.1:8080\n" in text
    assert "  core  /      prism   mocks/core.yaml\n" in text
    assert "  auth  /auth  prism   /elsewhere/auth.yaml\n" in text
    assert curl_line(report()) in text


def test_people_see_where_a_mockserver_has_its_dashboard() -> None:
    ledger = mock(Path("ledger.json"), "ledger", "/ledger", engine=Engine.MOCKSERVER)
    text = as_text(dataclasses.replace(report(), settings=environment(ledger)))
    assert "dashboard of ledger: http://127.0.0.1:8080/_mockenv/mocks/ledger/\n" in text
    assert "dashboard" not in as_text(report())


def test_programs_see_the_same() -> None:
    data = as_data(report())
    assert data["url"] == "http://127.0.0.1:8080"
    assert data["token_expires_at"] == "2027-01-15T08:00:00+00:00"
    assert data["mocks"][1] == {"name": "auth", "path": "/auth", "engine": "prism"}
    assert data["curl"] == curl_line(report())


def test_where_no_token_is_needed_none_is_shown() -> None:
    checked = report()
    settings = dataclasses.replace(checked.settings, tokens=None)
    unchecked = dataclasses.replace(checked, settings=settings, token=None)
    assert curl_line(unchecked) == "curl -i 'http://127.0.0.1:8080/pets?a=1&b=2'"
    assert "No token is needed." in as_text(unchecked)
    assert "None" not in as_text(unchecked)
    data = as_data(unchecked)
    assert (data["token"], data["token_header"], data["token_expires_at"]) == (None, None, None)


def test_a_line_that_gets_a_token_as_a_test_suite_does() -> None:
    line = token_curl_line(report())
    assert line == (
        "curl -u me:pass -d grant_type=client_credentials http://127.0.0.1:8080/_mockenv/token"
    )
    assert f"  {line}\n" in as_text(report())


def test_a_password_of_the_settings_file_is_not_told_again() -> None:
    told = report(user=FirstUser("alice", None))
    assert shlex.split(token_curl_line(told))[:3] == ["curl", "-u", "alice"]
    data = as_data(told)
    assert (data["token_user"], data["token_password"]) == ("alice", None)
    assert data["token_endpoint"] == "http://127.0.0.1:8080/_mockenv/token"


def test_a_report_does_not_show_its_password_by_mistake() -> None:
    assert "pass" not in repr(report().user)
