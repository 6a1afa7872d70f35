"""Brings an issuer's JWKS over HTTP, within fixed bounds of time and size."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from token_validator.jwks_address import is_loopback

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

FETCH_TIMEOUT_SECONDS = 2.0
MAX_JWKS_BYTES = 1_000_000
_CHUNK_BYTES = 65_536


class JwksFetchError(Exception):
    """The issuer did not give its JWKS; the message says why."""


def fetch_jwks(url: str) -> bytes:
    """The body of a 200 answer from `url`; raises JwksFetchError after 2 s at the latest."""
    return within(FETCH_TIMEOUT_SECONDS, lambda: download(url, FETCH_TIMEOUT_SECONDS))


def within(timeout_seconds: float, fetch: Callable[[], bytes]) -> bytes:
    """The result of `fetch`; raises JwksFetchError when it takes longer or fails.

    A thread is what bounds the whole: socket timeouts hold per packet, name look-ups not at all.
    """
    outcome: list[bytes | Exception] = []
    thread = threading.Thread(target=lambda: outcome.append(_attempt(fetch)), daemon=True)
    thread.start()
    thread.join(timeout_seconds)
    if not outcome:
        raise JwksFetchError(f"no answer within {timeout_seconds} s")
    if isinstance(outcome[0], Exception):
        raise JwksFetchError(f"{type(outcome[0]).__name__}: {outcome[0]}") from outcome[0]
    return outcome[0]


def _attempt(fetch: Callable[[], bytes]) -> bytes | Exception:
    try:
        return fetch()
    except Exception as error:
        return error


def download(url: str, timeout_seconds: float) -> bytes:
    """The body at `url`, without following redirects: keys come from the address in the settings.

    Raises what urllib raises, and ValueError for a body over MAX_JWKS_BYTES.
    """
    deadline = time.monotonic() + timeout_seconds
    with _opener(url).open(url, timeout=timeout_seconds) as response:
        return _read_all(response.read1, deadline)


def _opener(url: str) -> "OpenerDirector":
    from urllib import parse, request  # noqa: PLC0415 - 24 ms, for settings with an address

    opener = request.OpenerDirector()
    opener.add_handler(request.HTTPHandler())
    opener.add_handler(request.HTTPSHandler())
    # No redirect handler, so a 3xx ends like every status but 2xx: as an HTTPError.
    opener.add_handler(request.HTTPErrorProcessor())
    opener.add_handler(request.HTTPDefaultErrorHandler())
    if not is_loopback(parse.urlsplit(url).hostname or ""):
        opener.add_handler(request.ProxyHandler())
    return opener


def _read_all(read: Callable[[int], bytes], deadline: float) -> bytes:
    body = b""
    while chunk := read(_CHUNK_BYTES):
        body += chunk
        if len(body) > MAX_JWKS_BYTES:
            raise ValueError(f"more than {MAX_JWKS_BYTES} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("the body comes too slowly")
    return body
