"""What the rules reach the outside by; tests put their own in its place."""

from collections.abc import Callable, Iterable


class Sources:
    """`fetch` brings what is at an address; `read_secret` the texts of a secret (by its ARN).

    Both raise what goes wrong and are bounded where they are called.
    """

    def __init__(
        self, fetch: Callable[[str], bytes], read_secret: Callable[[str], Iterable[str]]
    ) -> None:
        self.fetch = fetch
        self.read_secret = read_secret


def real_sources() -> Sources:
    """Those over HTTP."""
    return Sources(_fetch, _read_secret)


def _fetch(url: str) -> bytes:
    from token_validator.fetch import Request, download  # noqa: PLC0415

    return download(Request(url))


def _read_secret(arn: str) -> Iterable[str]:
    import os  # noqa: PLC0415
    import time  # noqa: PLC0415

    from token_validator.fetch import download  # noqa: PLC0415
    from token_validator.secret_versions import read_versions, secret_address  # noqa: PLC0415

    address = secret_address(arn, os.environ)
    return read_versions(address, environment=os.environ, send=download, now=time.time())
