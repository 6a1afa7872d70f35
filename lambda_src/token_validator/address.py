"""Which addresses may be asked for an issuer's keys."""

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")


def check_address(address: str) -> None:
    """Raises ValueError unless `address` is https, or http to this very machine.

    Keys that arrive unencrypted could be anybody's; loopback is for issuers in local tests.
    """
    from urllib.parse import urlsplit  # noqa: PLC0415 - 6 ms

    if not address.isascii() or not address.isprintable() or " " in address:
        raise ValueError("not an address in plain ASCII")
    parts = urlsplit(address)
    if not parts.hostname or parts.username is not None or parts.port == 0:
        raise ValueError("not an address with a host and without credentials")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError("not https (http is for loopback only)")


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or address as in a URL) is this machine."""
    return host in LOOPBACK_HOSTS
