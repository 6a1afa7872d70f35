"""Finds an issuer's keys by what it says of itself (OpenID Connect Discovery 1.0, section 4)."""

from collections.abc import Callable

from token_validator import strict_json
from token_validator.address import check_address

DISCOVERY_PATH = "/.well-known/openid-configuration"

Fetch = Callable[[str], bytes]


def discover_jwks(issuer: str, fetch: Fetch) -> bytes:
    """The issuer's JWKS, from the address that its configuration names; `fetch` brings both.

    Raises ValueError unless the configuration is that of this very issuer (section 4.3) and
    leads to an encrypted address, and what `fetch` raises.
    """
    configuration = strict_json.parse_object(fetch(issuer.rstrip("/") + DISCOVERY_PATH))
    if configuration.get("issuer") != issuer:
        raise ValueError("the discovered configuration is that of another issuer")
    address = configuration.get("jwks_uri")
    if not isinstance(address, str):
        raise ValueError("the discovered configuration has no jwks_uri")
    _check_jwks_uri(address, issuer)
    return fetch(address)


def _check_jwks_uri(address: str, issuer: str) -> None:
    try:
        check_address(address)
    except ValueError as error:
        raise ValueError(f"the discovered jwks_uri is {error}") from None
    if issuer.startswith("https:") and not address.startswith("https:"):
        raise ValueError("the discovered jwks_uri is not https, as its issuer is")
