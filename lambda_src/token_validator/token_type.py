"""What kind of token a JWT says it is (RFC 8725 section 3.11).

A logout token, a proof of possession or a security event is signed by the same issuer with the
same keys; each says so in `typ`. Access tokens say `at+jwt` (RFC 9068), `JWT`, or nothing.
"""

from token_validator.refusal import Refusal

ACCEPTED_TYPES = frozenset({"jwt", "at+jwt"})


class TypeNotAccepted(Refusal):
    """The token's `typ` is that of something else than an access token."""

    reason = "type_not_accepted"


def check_type(token_type: str | None) -> None:
    """Raises TypeNotAccepted for what is no access token; media types are compared as such."""
    if token_type is None:
        return
    if token_type.lower().removeprefix("application/") not in ACCEPTED_TYPES:
        raise TypeNotAccepted
