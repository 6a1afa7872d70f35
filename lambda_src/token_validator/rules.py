"""From settings to rules: each kind with where its keys or digests come from."""

# ruff: noqa: PLC0415 (a cold start loads what its kinds need, and cryptography takes 15 ms)

from typing import TYPE_CHECKING

from token_validator.decision import IssuerRules, Rules
from token_validator.key_choice import FixedKeys
from token_validator.kinds import JwtKind, StaticKind
from token_validator.log import Log
from token_validator.settings import TokenSettings
from token_validator.shape import SettingsError
from token_validator.sources import Sources
from token_validator.static_tokens import FixedDigests, StaticRules

if TYPE_CHECKING:
    from token_validator.key_choice import KeySource
    from token_validator.static_tokens import DigestSource


def build_rules(settings: TokenSettings, *, log: Log, sources: Sources) -> Rules:
    """The rules that `settings` stand for; raises SettingsError for keys that can't be used."""
    return Rules(
        settings.header,
        tuple(_static_rules(kind, log, sources) for kind in settings.static_kinds),
        {kind.issuer: _issuer_rules(kind, log, sources) for kind in settings.jwt_kinds},
        settings.scopes,
    )


def _static_rules(kind: StaticKind, log: Log, sources: Sources) -> StaticRules:
    return StaticRules(_digest_source(kind, log, sources), kind.scopes)


def _digest_source(kind: StaticKind, log: Log, sources: Sources) -> "DigestSource":
    if kind.secret is None:
        return FixedDigests(kind.digests)
    from token_validator.secret_digests import SecretDigests

    return SecretDigests(kind.secret, read=sources.read_secret, log=log)


def _issuer_rules(kind: JwtKind, log: Log, sources: Sources) -> IssuerRules:
    return IssuerRules(
        audience=kind.audience,
        algorithms=kind.algorithms,
        keys=_key_source(kind, log, sources),
        audience_claim=kind.audience_claim,
        claims=kind.claims,
        scope_claims=kind.scope_claims,
        scopes=kind.scopes,
    )


def _key_source(kind: JwtKind, log: Log, sources: Sources) -> "KeySource":
    from token_validator.keys import UnusableKeyError, load_keys

    if kind.jwks is None:
        return _remote_keys(kind, log, sources)
    try:
        return FixedKeys(load_keys(kind.jwks))
    except UnusableKeyError as error:
        raise SettingsError(f"jwks of issuer {kind.issuer}: {error}") from None


def _remote_keys(kind: JwtKind, log: Log, sources: Sources) -> "KeySource":
    from token_validator.jwks_cache import JwksCache
    from token_validator.keys import load_keys

    url = kind.jwks_url
    if url is None:
        from token_validator.discovery import discover_jwks

        return JwksCache(
            kind.issuer,
            fetch=lambda: discover_jwks(kind.issuer, sources.fetch),
            load_keys=load_keys,
            log=log,
        )
    return JwksCache(url, fetch=lambda: sources.fetch(url), load_keys=load_keys, log=log)
