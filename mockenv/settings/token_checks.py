"""What can be wrong with tokens although each value is right."""

from collections.abc import Iterator

from mockenv.names import LOCAL_ISSUER
from mockenv.settings.durations import NEVER
from mockenv.settings.model import SettingsFile
from mockenv.settings.problems import Problem
from mockenv.settings.token_presets import issuer_of
from mockenv.settings.tokens import OPEN, JwtTokens, StaticTokens, TokenKind, Tokens
from mockenv.settings.yaml_source import KeyPath, YamlSource

MOST_SECRETS = 2  # a cold validator reads them one after the other, 2 s each at most

Words = tuple[str, str]


def find_token_problems(source: YamlSource, settings: SettingsFile) -> Iterator[Problem]:
    """Find kinds that can't stand together, and scopes that nobody checks."""
    if isinstance(settings.tokens, Tokens):
        yield from _issuer_problems(source, settings.tokens)
        yield from _secret_problems(source, settings.tokens)
        return
    for name, mock in settings.mocks.items():
        if mock.scopes:
            wrong = f"scopes are not checked, as tokens is {OPEN}"
            yield source.problem(("mocks", name, "scopes"), wrong, "remove them, or check tokens")


def open_problem(settings: SettingsFile, ttl: str) -> Words | None:
    """Say what is wrong with a TTL where no token is needed: without an end it stays open."""
    if isinstance(settings.tokens, Tokens) or ttl != NEVER:
        return None
    wrong = f"an environment without an end can't be open, and tokens is {OPEN}"
    return wrong, "give it a ttl such as 8h, or name kinds of tokens under tokens.kinds"


def _issuer_problems(source: YamlSource, tokens: Tokens) -> Iterator[Problem]:
    """Find issuers that the token validator could not tell apart: it would refuse them all."""
    seen: set[str] = set()
    for index, kind in enumerate(tokens.kinds):
        issuer = issuer_of(kind)
        words = _issuer_words(kind, issuer, seen)
        if words:
            yield source.problem(_issuer_path(kind, index), *words)
        seen |= {issuer} if issuer else set()


def _issuer_words(kind: TokenKind, issuer: str | None, seen: set[str]) -> Words | None:
    if issuer == LOCAL_ISSUER and isinstance(kind, JwtTokens):
        wrong = f"{LOCAL_ISSUER} is mockenv's own issuer"
        return wrong, "remove this kind: locally it is accepted anyway; kind: local is for AWS"
    if issuer in seen:
        return f"{issuer} has a kind already", "put all that it accepts into that one"
    return None


def _issuer_path(kind: TokenKind, index: int) -> KeyPath:
    path: KeyPath = ("tokens", "kinds", index)
    return (*path, "issuer") if isinstance(kind, JwtTokens) else path


def _secret_problems(source: YamlSource, tokens: Tokens) -> Iterator[Problem]:
    indexes = [
        index
        for index, kind in enumerate(tokens.kinds)
        if isinstance(kind, StaticTokens) and kind.secret is not None
    ]
    for index in indexes[MOST_SECRETS:]:
        wrong = f"more than {MOST_SECRETS} secrets would make a first request too slow"
        right = "put all digests into one secret"
        yield source.problem(("tokens", "kinds", index, "secret"), wrong, right)
