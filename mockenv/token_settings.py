"""What the token validator is told: the JSON of its TOKEN_SETTINGS variable."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mockenv.settings.resolve import MockSettings
from mockenv.settings.token_presets import PlainKind, plain_kind
from mockenv.settings.tokens import LocalTokens, StaticTokens, TokenKind, Tokens

Described = dict[str, Any]


def token_settings(tokens: Tokens, mocks: Iterable[MockSettings]) -> Described:
    """Describe which tokens are accepted on AWS, and what the mocks need of them."""
    return _described(tokens, map(plain_kind, tokens.kinds), mocks)


def local_token_settings(
    tokens: Tokens, mocks: Iterable[MockSettings], *, issuer_kind: Mapping[str, Any]
) -> Described:
    """The same for a run on this machine: with its own issuer, and without what only AWS has."""
    kinds = [plain_kind(kind) for kind in tokens.kinds if not _is_left_out(kind)]
    return _described(tokens, [*kinds, dict(issuer_kind)], mocks)


def secrets_of(tokens: Tokens) -> Sequence[str]:
    """List the ARNs of the secrets that hold digests of tokens."""
    static = (kind for kind in tokens.kinds if isinstance(kind, StaticTokens))
    return [kind.secret for kind in static if kind.secret is not None]


def needed_scopes(mocks: Iterable[MockSettings]) -> dict[str, list[str]]:
    """Return the scopes that mocks need, by base path; mocks that need none are left out."""
    return {mock.path: list(mock.scopes) for mock in mocks if mock.scopes}


def _is_left_out(kind: TokenKind) -> bool:
    """Whether a kind can't be had locally, or is there in a form of its own."""
    return isinstance(kind, LocalTokens) or (
        isinstance(kind, StaticTokens) and kind.secret is not None
    )


def _described(
    tokens: Tokens, kinds: Iterable[PlainKind], mocks: Iterable[MockSettings]
) -> Described:
    described: Described = {"header": tokens.header, "kinds": list(kinds)}
    scopes = needed_scopes(mocks)
    return described | ({"scopes": scopes} if scopes else {})
