"""Downloads one file over https, within bounds, from exactly the address that was named."""

import ssl
import urllib.error
import urllib.request
from email.message import Message
from http.client import HTTPException
from typing import IO

from mockenv.errors import MockenvError

LARGEST_BYTES = 20_000_000
TIMEOUT_SECONDS = 15


class _StayThere(urllib.request.HTTPRedirectHandler):
    """Refuses redirects: what they lead to was not allowed. The signature is the library's."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,  # noqa: ARG002
        headers: Message, newurl: str,
    ) -> None:  # fmt: skip
        raise urllib.error.HTTPError(req.full_url, code, f"it redirects to {newurl}", headers, fp)


def download(url: str, tls: ssl.SSLContext | None = None) -> bytes:
    """Return a file's bytes; `tls` replaces the system's trust in certificates.

    Raises MockenvError if it can't be had, redirects or is larger than 20 MB.
    """
    handler = urllib.request.HTTPSHandler(context=tls or ssl.create_default_context())
    opener = urllib.request.build_opener(handler, _StayThere)
    try:
        with opener.open(url, timeout=TIMEOUT_SECONDS) as answer:
            content = bytes(answer.read(LARGEST_BYTES + 1))
            missing = answer.length  # what was announced and has not come
    except urllib.error.HTTPError as error:
        reason = error.reason if "redirects" in str(error.reason) else f"it answers {error.code}"
        raise _failed(url, reason) from error
    except (OSError, HTTPException) as error:
        raise _failed(url, str(getattr(error, "reason", error))) from error
    if len(content) > LARGEST_BYTES:
        raise _failed(url, f"it is larger than {LARGEST_BYTES // 1_000_000} MB")
    if missing:
        raise _failed(url, f"it breaks off after {len(content)} bytes")
    return content


def _failed(url: str, reason: str) -> MockenvError:
    return MockenvError(
        f"{url} can't be fetched: {reason}",
        next_step="check the address; nothing was written",
    )
