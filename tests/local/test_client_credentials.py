"""Where a client's credentials may stand."""

import base64

import pytest

from mockenv.local.client_credentials import Credentials, client_credentials
from mockenv.local.token_errors import InvalidClientError, InvalidRequestError


def basic(text: str) -> str:
    return f"Basic {base64.b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("authorization", "parameters", "expected"),
    [
        (None, {}, None),
        (None, {"client_id": "a"}, None),  # a public client: it has no secret
        (None, {"client_id": "a", "client_secret": "b"}, Credentials("a", ("b",))),
        (None, {"client_secret": "b"}, Credentials("", ("b",))),
        (basic("a:b"), {}, Credentials("a", ("b", "b"))),
        (basic("a:b").replace("Basic", "bAsIc"), {}, Credentials("a", ("b", "b"))),
        (basic("a:b"), {"client_id": "other"}, Credentials("a", ("b", "b"))),
        (basic("a:b:c"), {}, Credentials("a", ("b:c", "b:c"))),
        (basic("a%40x:b%2B+c"), {}, Credentials("a@x", ("b%2B+c", "b+ c"))),
        (basic("ä:ü"), {}, Credentials("ä", ("ü", "ü"))),
    ],
)
def test_a_header_or_the_body(
    authorization: str | None, parameters: dict[str, str], expected: Credentials | None
) -> None:
    assert client_credentials(authorization, parameters) == expected


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Basic",
        "Basic ",
        "Basic !!",
        "Basic YTpi!",
        f"Bearer {basic('a:b').split()[1]}",
        f"{basic('a:b')},{basic('a:b')}",
        "Basic /w==",
        basic("no colon"),
    ],
)
def test_a_header_of_another_form_is_refused(authorization: str) -> None:
    with pytest.raises(InvalidClientError):
        client_credentials(authorization, {})


def test_both_places_at_once_are_refused() -> None:
    with pytest.raises(InvalidRequestError):
        client_credentials(basic("a:b"), {"client_id": "a", "client_secret": "b"})


def test_credentials_do_not_show_the_password() -> None:
    assert "secret" not in repr(Credentials("a", ("secret",)))
