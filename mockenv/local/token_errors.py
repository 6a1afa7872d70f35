"""Why a request for a token is refused: the errors of RFC 6749, section 5.2."""

from http import HTTPStatus
from typing import ClassVar


class TokenRequestError(Exception):
    """`description` says what to do, in ASCII without quotes and backslashes (RFC 6749, A.8)."""

    code: ClassVar[str]
    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description


class InvalidRequestError(TokenRequestError):
    """A parameter is missing, stands there twice, or can't be read."""

    code = "invalid_request"


class InvalidClientError(TokenRequestError):
    """A client gave no credentials, or wrong ones."""

    code = "invalid_client"
    status = HTTPStatus.UNAUTHORIZED


class InvalidGrantError(TokenRequestError):
    """The user name or the password of a password grant is wrong."""

    code = "invalid_grant"


class UnsupportedGrantTypeError(TokenRequestError):
    """The grant is none of those that are offered here."""

    code = "unsupported_grant_type"


class InvalidScopeError(TokenRequestError):
    """The scope can't be read, or is more than the user may have."""

    code = "invalid_scope"
