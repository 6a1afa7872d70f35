"""A signed token in JWS compact form (RFC 7515 section 7.1), taken apart but not yet believed."""

from functools import lru_cache
from typing import NamedTuple

from token_validator import base64url, strict_json
from token_validator.refusal import Refusal
from token_validator.strict_json import JsonObject

MAX_KEY_ID_CHARACTERS = 128
DOT_COUNT = 2


class TokenNotCompact(Refusal):
    """The token is not three non-empty parts joined by dots."""

    reason = "token_not_compact"


class TokenNotBase64url(Refusal):
    """A part is not canonical base64url."""

    reason = "token_not_base64url"


class HeaderMalformed(Refusal):
    """The header is not a JSON object, or a member has the wrong type."""

    reason = "header_malformed"


class HeaderCritical(Refusal):
    """The header demands extensions (RFC 7515 section 4.1.11); none is known here."""

    reason = "header_critical"


class PayloadUnencoded(Refusal):
    """The payload is said not to be base64url (RFC 7797), which JWTs always are."""

    reason = "payload_unencoded"


class PayloadMalformed(Refusal):
    """The payload is not a JSON object with unique members."""

    reason = "payload_malformed"


class CompactToken(NamedTuple):
    """The parts of a token; `algorithm` and `key_id` are its claims about its signature, `type`
    the one about itself.

    Other header members (`jwk`, `jku`, `x5u`, `x5c`, ...) are never read: keys come from the
    settings only.
    """

    algorithm: str
    key_id: str | None
    type: str | None
    payload: bytes
    signing_input: bytes
    signature: bytes


def parse_token(token: str) -> CompactToken:
    """The parts of `token`; raises a Refusal for everything that is not strictly in form."""
    encoded_header, encoded_payload, encoded_signature = _split(token)
    algorithm, key_id, token_type = _read_header(encoded_header)
    return CompactToken(
        algorithm=algorithm,
        key_id=key_id,
        type=token_type,
        payload=_decode(encoded_payload),
        signing_input=encoded_header + b"." + encoded_payload,
        signature=_decode(encoded_signature),
    )


# All tokens of a key have the same header: read once, a tenth of a token's time is saved. What is
# refused raises, and is not kept.
@lru_cache(maxsize=64)
def _read_header(encoded: bytes) -> tuple[str, str | None, str | None]:
    header = _parse_header(_decode(encoded))
    return _algorithm(header), _key_id(header), _type(header)


def parse_payload(payload: bytes) -> JsonObject:
    """The claims set in `payload` (RFC 7519 section 7.2: a JSON object in UTF-8)."""
    try:
        return strict_json.parse_object(payload)
    except ValueError:
        raise PayloadMalformed from None


def _split(token: str) -> list[bytes]:
    try:
        parts = token.encode("ascii").split(b".")
    except UnicodeEncodeError:
        raise TokenNotCompact from None
    if len(parts) != DOT_COUNT + 1 or not all(parts):
        raise TokenNotCompact
    return parts


def _decode(part: bytes) -> bytes:
    try:
        return base64url.decode(part)
    except ValueError:
        raise TokenNotBase64url from None


def _parse_header(data: bytes) -> JsonObject:
    try:
        header = strict_json.parse_object(data)
    except ValueError:
        raise HeaderMalformed from None
    if "crit" in header:
        raise HeaderCritical
    if header.get("b64", True) is not True:
        raise PayloadUnencoded
    return header


def _algorithm(header: JsonObject) -> str:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        raise HeaderMalformed
    return algorithm


def _key_id(header: JsonObject) -> str | None:
    if "kid" not in header:
        return None
    key_id = header["kid"]
    if not isinstance(key_id, str) or not 0 < len(key_id) <= MAX_KEY_ID_CHARACTERS:
        raise HeaderMalformed
    return key_id


def _type(header: JsonObject) -> str | None:
    if "typ" not in header:
        return None
    if not isinstance(header["typ"], str):
        raise HeaderMalformed
    return header["typ"]
