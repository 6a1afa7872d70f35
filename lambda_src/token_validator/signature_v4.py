"""AWS Signature Version 4 for a POST of JSON (AWS General Reference, "Create a signed request").

The one call that the validator makes of AWS does not earn an SDK: botocore with a client takes
longer to load than everything else that a cold start does.
"""

import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

_ALGORITHM = "AWS4-HMAC-SHA256"


class Credentials(NamedTuple):
    """What signs a request; a `session_token` belongs to temporary credentials."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None


class Scope(NamedTuple):
    """What a signature is good for."""

    region: str
    service: str


def read_credentials(environment: Mapping[str, str]) -> Credentials:
    """Those that Lambda puts into the environment; raises ValueError if it did not."""
    try:
        access_key_id = environment["AWS_ACCESS_KEY_ID"]
        secret_access_key = environment["AWS_SECRET_ACCESS_KEY"]
    except KeyError as error:
        raise ValueError(f"{error.args[0]} is not set") from None
    return Credentials(access_key_id, secret_access_key, environment.get("AWS_SESSION_TOKEN"))


def signed_headers(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    credentials: Credentials,
    scope: Scope,
    now: float,
) -> dict[str, str]:
    """`headers` (names in lower case) and those that sign a POST of `body` to `url`.

    `url` has no query; `now` is in seconds since 1970.
    """
    timestamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
    address = urlsplit(url)
    named = {**headers, "host": address.netloc, "x-amz-date": timestamp}
    if credentials.session_token is not None:
        named["x-amz-security-token"] = credentials.session_token
    path = f"{timestamp[:8]}/{scope.region}/{scope.service}/aws4_request"
    canonical = _canonical_request(address.path or "/", named, body)
    text = "\n".join([_ALGORITHM, timestamp, path, _sha256(canonical.encode("utf-8"))])
    signature = _hmac(_signing_key(credentials.secret_access_key, path), text).hex()
    named["authorization"] = (
        f"{_ALGORITHM} Credential={credentials.access_key_id}/{path}, "
        f"SignedHeaders={';'.join(sorted(named))}, Signature={signature}"
    )
    return named


def _canonical_request(path: str, headers: Mapping[str, str], body: bytes) -> str:
    names = sorted(headers)
    lines = [f"{name}:{headers[name].strip()}" for name in names]
    return "\n".join(["POST", path, "", *lines, "", ";".join(names), _sha256(body)])


def _signing_key(secret_access_key: str, path: str) -> bytes:
    key = f"AWS4{secret_access_key}".encode()
    for part in path.split("/"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode("utf-8"), hashlib.sha256)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
