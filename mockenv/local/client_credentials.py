"""The credentials that a client of the local issuer gives: by HTTP Basic or in the body."""

import base64
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from mockenv.local.token_errors import InvalidClientError, InvalidRequestError
from mockenv.local.token_parameters import Parameters


@dataclass(frozen=True)
class Credentials:
    """A name, and what its password may be: Basic leaves open whether it was encoded."""

    name: str
    passwords: tuple[str, ...] = field(repr=False)


def client_credentials(authorization: str | None, parameters: Parameters) -> Credentials | None:
    """The credentials of a client; None if it gives none, or only its `client_id`.

    Raises InvalidRequestError if it gives them in both places (RFC 6749, section 2.3),
    InvalidClientError for a header that is not HTTP Basic.
    """
    secret = parameters.get("client_secret")
    if authorization is None:
        return None if secret is None else Credentials(parameters.get("client_id", ""), (secret,))
    if secret is not None:
        raise InvalidRequestError("give credentials in the Authorization header or in the body")
    return _basic(authorization)


def _basic(authorization: str) -> Credentials:
    scheme, _, encoded = authorization.partition(" ")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except ValueError:
        text = ""
    name, colon, password = text.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise InvalidClientError("the Authorization header must be HTTP Basic: user and password")
    # RFC 6749 has both form-encoded before base64, which curl and many others leave out.
    return Credentials(unquote_plus(name), (password, unquote_plus(password)))
