import pytest
from hypothesis import given
from hypothesis import strategies as st

from token_validator import base64url

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@given(st.binary(max_size=100))
def test_what_is_encoded_is_decoded_again(value: bytes) -> None:
    assert base64url.decode(base64url.encode(value)) == value


@given(st.binary(max_size=40) | st.lists(st.sampled_from(ALPHABET)).map(bytes))
def test_a_text_is_the_only_spelling_of_its_value_or_refused(text: bytes) -> None:
    try:
        value = base64url.decode(text)
    except ValueError:
        return
    assert base64url.encode(value) == text


@pytest.mark.parametrize(
    "text",
    [
        b"QQ==",  # padded
        b"QR",  # left-over bits that no encoder writes
        b"QUJ",  # the same with two bytes
        b"Q",  # a length that nothing has
        b"QUJD\n",
        b" QUJD",
        b"QU JD",
        b"+/+/",  # the standard alphabet
        b"QUJD=",
        b"QUJDR===",
        b"QU%4A",
    ],
)
def test_other_spellings_are_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        base64url.decode(text)


def test_an_empty_text_is_an_empty_value() -> None:
    assert base64url.decode(b"") == b""
