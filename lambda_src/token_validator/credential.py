"""Where a request carries its token.

The event is API Gateway's payload 2.0 for HTTP APIs: header names in lower case, the values of
a repeated header joined by commas ("Working with AWS Lambda authorizers for HTTP APIs").
"""

from token_validator.refusal import Refusal

MAX_TOKEN_BYTES = 8192
_SCHEME = "bearer"


class CredentialMissing(Refusal):
    """The header that should carry the token is not there or empty."""

    reason = "credential_missing"


class CredentialNotBearer(Refusal):
    """The Authorization header holds something other than one bearer token."""

    reason = "credential_not_bearer"


class CredentialMalformed(Refusal):
    """The token has characters that no token has: a comma means more than one credential."""

    reason = "credential_malformed"


class CredentialTooLong(Refusal):
    """The token is longer than MAX_TOKEN_BYTES."""

    reason = "credential_too_long"


def find_token(event: object, header: str) -> str:
    """The token in `event`'s `header`: visible ASCII without commas, at most MAX_TOKEN_BYTES.

    `authorization` holds `Bearer TOKEN` (the scheme in any case, RFC 9110 section 11.1, one
    space), every other header the bare token.
    """
    value = _header_value(event, header)
    token = _after_scheme(value) if header == "authorization" else value
    if len(token) > MAX_TOKEN_BYTES:
        raise CredentialTooLong
    if not _is_visible_ascii(token) or "," in token:
        raise CredentialMalformed
    return token


def _is_visible_ascii(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _header_value(event: object, header: str) -> str:
    headers = event.get("headers") if isinstance(event, dict) else None
    value = headers.get(header) if isinstance(headers, dict) else None
    if not isinstance(value, str) or not value:
        raise CredentialMissing
    return value


def _after_scheme(value: str) -> str:
    scheme, _, token = value.partition(" ")
    if scheme.lower() != _SCHEME or not token:
        raise CredentialNotBearer
    return token
