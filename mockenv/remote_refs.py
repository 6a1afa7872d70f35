"""Where the copies of remote files lie that documents refer to.

Nothing follows a remote `$ref` when mocks run, are synthesized or pushed. `mockenv fetch` copies
the files that `remote_refs` allows into a folder beside the document, and the copies are what the
mock host and the config bucket get. The mock host knows this folder too (mock_host/src/prism).
"""

from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

REMOTE_FOLDER = "remote-refs"
KEPT_IN_PATHS = "/%:@!$&'()*+,;=~"  # as the URL standard, which the mock host goes by, keeps them


class RemoteReferenceError(ValueError):
    """A URL that no copy can stand for; the message says why and ends a sentence."""


def is_remote(reference: str) -> bool:
    """Tell whether a `$ref` names another host, or anything else that is no path."""
    return bool(urlsplit(reference).scheme)


def copy_of(url: str) -> PurePosixPath:
    """Return where the copy of a remote file lies, relative to the document's folder.

    Raises RemoteReferenceError for what is not a plain https URL of a file.
    """
    parts = urlsplit(url)
    segments = quote(parts.path, safe=KEPT_IN_PATHS).split("/")[1:]
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise RemoteReferenceError("which is on another host and has no plain https:// address")
    if parts.query:
        raise RemoteReferenceError("which has a query, for which no file name can stand")
    if not segments or any(segment in {"", ".", ".."} for segment in segments):
        raise RemoteReferenceError("which names no file")
    host = parts.netloc.lower().removesuffix(":443").replace(":", "_")
    return PurePosixPath(REMOTE_FOLDER, host, *segments)


def url_of(copy: PurePosixPath) -> str | None:
    """Return the URL that a file is the copy of; None for a file that is none."""
    folder, *rest = copy.parts
    if folder != REMOTE_FOLDER or len(rest) < 2:
        return None
    host, *segments = rest
    return f"https://{host.replace('_', ':')}/{'/'.join(segments)}"


def resolve(reference: str, within: PurePosixPath) -> str | None:
    """Return the URL that a `$ref` in a file means; None if it is a path on this machine."""
    if is_remote(reference):
        return reference
    base = url_of(within)
    return None if base is None else urljoin(base, reference)


def is_allowed(url: str, allowed: Iterable[str]) -> bool:
    """Tell whether a URL is one of those, or below one of those that end with a slash."""
    plain = urlsplit(url)._replace(fragment="").geturl()
    return any(
        plain == address or (address.endswith("/") and plain.startswith(address))
        for address in allowed
    )
