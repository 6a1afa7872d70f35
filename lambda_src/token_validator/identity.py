"""Who a token stands for and what it may do, as told to API Gateway."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from token_validator.refusal import Refusal
from token_validator.strict_json import JsonObject


class SubjectMalformed(Refusal):
    """`sub` is not a printable text; it is passed on and logged."""

    reason = "subject_malformed"


class ScopesMalformed(Refusal):
    """A claim of scopes is neither a text nor a list of texts without spaces."""

    reason = "scopes_malformed"


class Identity(NamedTuple):
    """Who the caller is: `subject` may be empty, `scopes` are separated by single spaces."""

    subject: str
    scopes: str


def read_identity(
    claims: JsonObject, scope_claims: Sequence[str] = (), granted: Iterable[str] = ()
) -> Identity:
    """Subject and scopes: those `granted` to every such token, and those that it names.

    They stand in all of `scope_claims`, or else in `scope` (RFC 8693) or `scp` (Okta, Entra).
    """
    subject = claims.get("sub", "")
    if not isinstance(subject, str) or not subject.isprintable():
        raise SubjectMalformed
    said = [*granted]
    for name in scope_claims or (("scope",) if "scope" in claims else ("scp",)):
        said += _scopes(claims.get(name, ""))
    return Identity(subject, " ".join(dict.fromkeys(said)))


def _scopes(value: object) -> list[str]:
    if isinstance(value, str):
        if not value.isprintable():
            raise ScopesMalformed
        return [scope for scope in value.split(" ") if scope]
    if not isinstance(value, list) or not all(map(_is_scope, value)):
        raise ScopesMalformed
    return [scope for scope in value if scope]


def _is_scope(scope: object) -> bool:
    return isinstance(scope, str) and " " not in scope and scope.isprintable()
