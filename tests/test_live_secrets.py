"""Secrets are put together here, so that this file holds none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import mock
from mockenv.live_secrets import SECRET_FORMS, find_live_secrets, secrets_in

LETTERS = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v2W3x4Y5z6"
SECRETS = [
    ("a private key", "-----BEGIN " + "PRIVATE KEY-----"),
    ("a private key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
    ("an AWS access key", "AKIA" + "ABCDEFGH234567ZZ"),
    ("a GitHub token", "ghp_" + LETTERS[:36]),
    ("a GitHub token", "github_pat_" + (LETTERS * 2)[:82]),
    ("a GitLab token", "glpat-" + LETTERS[:20]),
    ("a Stripe live key", "sk_live_" + LETTERS[:24]),
    ("a Slack token", "xoxb-" + "123456789012-" + LETTERS[:24]),
    ("a Google API key", "AIza" + LETTERS[:35]),
]
HARMLESS = [
    "AKIAIOSFODNN7EXAMPLE",
    "sk_test_" + LETTERS[:24],
    "-----BEGIN PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----",
    "xoxb-your-token",
    "ghp_short",
    "AKIA",
]


@pytest.mark.parametrize(("name", "secret"), SECRETS)
def test_a_secret_is_found_by_its_line_and_never_repeated(
    tmp_path: Path, name: str, secret: str
) -> None:
    document = tmp_path / "core.json"
    document.write_text(f'{{\n  "example": "{secret}"\n}}\n')
    (found,) = find_live_secrets([mock(document)])
    assert (found.mock, found.file, found.line, found.name) == ("core", "core.json", 2, name)
    assert "core.json:2: this looks like " in str(found)
    assert secret not in str(found)


def test_every_form_is_tried() -> None:
    assert {name for name, _ in SECRETS} == {form.name for form in SECRET_FORMS}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_made_up_or_public_is_no_secret(text: str) -> None:
    assert list(secrets_in(text.encode())) == []


def test_files_that_a_document_refers_to_are_looked_at_too(tmp_path: Path) -> None:
    document = tmp_path / "core.yaml"
    document.write_text("openapi: 3.1.0\npaths:\n  /a: {$ref: 'parts/a.yaml'}\n")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.yaml").write_text(f"description: {SECRETS[2][1]}\n")
    (found,) = find_live_secrets([mock(document)])
    assert found.file == "parts/a.yaml"


@given(st.binary(max_size=400))
def test_any_bytes_are_looked_at(content: bytes) -> None:
    assert all(line >= 1 for line, _ in secrets_in(content))
