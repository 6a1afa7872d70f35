"""Brings a document over HTTP, within fixed bounds of time and size."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from token_validator.address import is_loopback

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

FETCH_TIMEOUT_SECONDS = 2.0
MAX_DOCUMENT_BYTES = 1_000_000
_CHUNK_BYTES = 65_536

Result = TypeVar("Result")


class FetchError(Exception):
    """A source did not give what it should; the message says why."""


class Request(NamedTuple):
    """A POST with a body; without one, a GET."""

    url: str
    headers: Mapping[str, str] = {}
    body: bytes | None = None


def within(timeout_seconds: float, load: Callable[[], Result]) -> Result:
    """The result of `load`; raises FetchError when it takes longer or fails.

    A thread is what bounds the whole: socket timeouts hold per packet, name look-ups not at all.
    """
    outcome: list[Result | Exception] = []
    thread = threading.Thread(target=lambda: outcome.append(_attempt(load)), daemon=True)
    thread.start()
    thread.join(timeout_seconds)
    if not outcome:
        raise FetchError(f"no answer within {timeout_seconds} s")
    result = outcome[0]
    if isinstance(result, Exception):
        raise FetchError(f"{type(result).__name__}: {result}") from result
    return result


def _attempt(load: Callable[[], Result]) -> Result | Exception:
    try:
        return load()
    except Exception as error:
        return error


def download(request: Request, timeout_seconds: float = FETCH_TIMEOUT_SECONDS) -> bytes:
    """The body of a 2xx answer, without following redirects: settings name where things are.

    Raises what urllib raises, and ValueError for a body over MAX_DOCUMENT_BYTES.
    """
    from urllib import request as urllib_request  # noqa: PLC0415 - 24 ms

    asked = urllib_request.Request(request.url, data=request.body, headers=dict(request.headers))  # noqa: S310 - addresses are checked where they are set
    deadline = time.monotonic() + timeout_seconds
    with _opener(request.url).open(asked, timeout=timeout_seconds) as response:
        return _read_all(response.read1, deadline)


def _opener(url: str) -> "OpenerDirector":
    from urllib import parse, request  # noqa: PLC0415

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
        if len(body) > MAX_DOCUMENT_BYTES:
            raise ValueError(f"more than {MAX_DOCUMENT_BYTES} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("the body comes too slowly")
    return body
