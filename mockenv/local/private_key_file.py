"""A private key in a file that only its owner can read."""

import os
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from mockenv.errors import MockenvError

_NEW_KEY = "start the environment again with `mockenv up`; it makes a new key"


def save_private_key(private_key: EllipticCurvePrivateKey, path: Path) -> None:
    """Writes `private_key` as PEM (PKCS #8) with mode 0600, replacing `path` as a whole."""
    pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _write_new(draft, pem)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _write_new(path: Path, content: bytes) -> None:
    # The mode is given on creation: a chmod afterwards would leave a moment to read it.
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def load_private_key(path: Path) -> EllipticCurvePrivateKey:
    """The P-256 key in `path`; raises MockenvError if it is missing, exposed or another kind."""
    try:
        private_key = load_pem_private_key(_read_guarded(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise MockenvError(f"{path} holds no private key in PEM", next_step=_NEW_KEY) from None
    if isinstance(private_key, EllipticCurvePrivateKey) and isinstance(
        private_key.curve, SECP256R1
    ):
        return private_key
    raise MockenvError(f"{path} holds a key that is not P-256", next_step=_NEW_KEY)


def _read_guarded(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise MockenvError(
                    f"{path} holds a private key that other users can reach",
                    next_step=f"delete it, then {_NEW_KEY}",
                )
            return file.read()
    except OSError as error:
        raise MockenvError(
            f"the signing key {path} can't be read: {error.strerror}", next_step=_NEW_KEY
        ) from None
