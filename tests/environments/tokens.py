"""Which tokens open an environment, in every kind."""

from typing import Any

from hypothesis import strategies as st

from environments.texts import ACCOUNT, REGION, digests, scopes
from mockenv.settings.tokens import OPEN

Draw = st.DrawFn
Kind = dict[str, Any]

# Coordinates of RFC 7517, appendix A.1.
PUBLIC_KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
}
MOST_KINDS = 6
audiences = st.lists(st.sampled_from(["mocks", "payments", "a" * 60]), min_size=1, unique=True)
some_scopes = st.lists(scopes, max_size=4, unique=True)


@st.composite
def token_checks(draw: Draw) -> Any:
    """Draw what stands under `tokens`; kinds have issuers of their own, as settings want it."""
    if draw(st.integers(0, 9)) == 0:
        return OPEN
    names = draw(st.lists(st.sampled_from([*KINDS]), min_size=1, max_size=MOST_KINDS))
    once = {"github-actions", "local", "static-secret"}
    kept = [name for i, name in enumerate(names) if name not in once or name not in names[:i]]
    return {
        "header": draw(st.sampled_from(["authorization", "x-mock-token"])),
        "cache_seconds": draw(st.sampled_from([0, 1, 300, 3600])),
        "kinds": [draw(KINDS[name](index)) for index, name in enumerate(kept)],
    }


def _static(_: int) -> st.SearchStrategy[Kind]:
    listed = st.lists(digests, min_size=1, max_size=5)
    return st.builds(lambda d, s: {"kind": "static", "sha256": d, "scopes": s}, listed, some_scopes)


def _secret(_: int) -> st.SearchStrategy[Kind]:
    name = st.text("abc/_+=.@-", min_size=1, max_size=100)
    arn = name.map(lambda n: f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{n}-AbCdEf")
    return arn.map(lambda secret: {"kind": "static", "secret": secret})


def _jwt(index: int) -> st.SearchStrategy[Kind]:
    issuer = f"https://id{index}.example.com"
    return st.fixed_dictionaries(
        {"kind": st.just("jwt"), "issuer": st.just(issuer), "audience": audiences},
        optional={
            "jwks_url": st.just(f"{issuer}/jwks.json"),
            "algorithms": st.sampled_from([["ES256"], ["RS256", "PS512"], ["EdDSA"]]),
            "claims": st.just({"tenant": ["a", "b"]}),
            "scopes": some_scopes,
        },
    )


def _cognito(index: int) -> st.SearchStrategy[Kind]:
    use = st.sampled_from(["access", "id"])
    pool = f"{REGION}_AbCdEf{index}"
    return use.map(
        lambda u: {"kind": "cognito", "user_pool_id": pool, "client_ids": ["web"], "token_use": u}
    )


def _auth0(index: int) -> st.SearchStrategy[Kind]:
    return audiences.map(
        lambda a: {"kind": "auth0", "domain": f"t{index}.eu.auth0.com", "audience": a}
    )


def _okta(index: int) -> st.SearchStrategy[Kind]:
    return audiences.map(lambda a: {"kind": "okta", "domain": f"t{index}.okta.com", "audience": a})


def _keycloak(index: int) -> st.SearchStrategy[Kind]:
    url = "https://sso.example.com"
    return audiences.map(
        lambda a: {"kind": "keycloak", "url": url, "realm": f"r{index}", "audience": a}
    )


def _github(_: int) -> st.SearchStrategy[Kind]:
    return audiences.map(lambda a: {"kind": "github-actions", "audience": a, "repository_id": [74]})


def _local(_: int) -> st.SearchStrategy[Kind]:
    return st.just({"kind": "local", "keys": [PUBLIC_KEY]})


KINDS = {
    "static": _static,
    "static-secret": _secret,
    "jwt": _jwt,
    "cognito": _cognito,
    "auth0": _auth0,
    "okta": _okta,
    "keycloak": _keycloak,
    "github-actions": _github,
    "local": _local,
}
