"""base64url as RFC 7515 section 2 defines it: URL-safe, unpadded, one spelling per value."""

import binascii

_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_TO_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def decode(text: bytes) -> bytes:
    """The bytes that `text` spells.

    Raises ValueError unless `text` is exactly what `encode` makes of them: the standard decoder
    skips foreign characters, takes padding and ignores left-over bits, so that several texts
    would stand for one value and a token could be altered without becoming invalid.
    """
    value = binascii.a2b_base64(text.translate(_TO_STANDARD) + b"==")
    if encode(value) != text:
        raise ValueError("not canonical base64url")
    return value


def encode(value: bytes) -> bytes:
    """`value` in unpadded base64url."""
    return binascii.b2a_base64(value, newline=False).translate(_TO_URL_SAFE).rstrip(b"=")
