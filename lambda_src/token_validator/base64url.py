"""base64url as RFC 7515 section 2 defines it: URL-safe, unpadded, one spelling per value."""

import binascii

# What base64url does not have becomes what no base64 has.
_TO_STANDARD = bytes.maketrans(b"-_+/=", b"+/!!!")
_TO_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_PADDING = (b"", b"", b"==", b"=")
# The characters that leave no bits over, where a text ends after two or three of four.
_LAST_OF_TWO = frozenset(b"AQgw")
_LAST_OF_THREE = frozenset(b"AEIMQUYcgkosw048")


def decode(text: bytes) -> bytes:
    """The bytes that `text` spells.

    Raises ValueError unless `text` is exactly what `encode` makes of them. Foreign characters,
    padding and left-over bits, which decoders like to pass over, would make several texts stand
    for one value, so that a token could be altered without becoming invalid.
    """
    over = len(text) % 4
    if (over == 2 and text[-1] not in _LAST_OF_TWO) or (
        over == 3 and text[-1] not in _LAST_OF_THREE
    ):
        raise ValueError("not canonical base64url")
    return binascii.a2b_base64(text.translate(_TO_STANDARD) + _PADDING[over], strict_mode=True)


def encode(value: bytes) -> bytes:
    """`value` in unpadded base64url."""
    return binascii.b2a_base64(value, newline=False).translate(_TO_URL_SAFE).rstrip(b"=")
