import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from token_validator import strict_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES), st.booleans())
def test_an_object_is_read_as_it_was_written(value: dict[str, object], ascii_only: bool) -> None:
    assert strict_json.parse_object(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary())
def test_bytes_are_an_object_or_a_value_error(data: bytes) -> None:
    try:
        assert isinstance(strict_json.parse_object(data), dict)
    except ValueError:
        return


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b'"text"',
        b'{"a": 1} x',
        b'{"a": 1,}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1, "b": 2}}',
        b'{"a": 1, "\\u0061": 2}',  # the same name, spelled differently
        b'{"a": "\\ud800"}',
        b'{"\\udc00": 1}',
        b'\xef\xbb\xbf{"a": 1}',  # a byte order mark
        '{"a": 1}'.encode("utf-16"),
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',  # a surrogate in UTF-8
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": ' + b"[" * 100_000,
        b'{"a": ' * 100_000,
    ],
)
def test_what_is_not_one_clear_object_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict_json.parse_object(data)


def test_a_surrogate_pair_is_a_character() -> None:
    assert strict_json.parse_object(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


def nested(levels: int) -> bytes:
    """Return an object so deep: itself, lists in it, and an empty one at the end."""
    return b'{"a": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def test_the_same_depth_is_read_by_every_python() -> None:
    strict_json.parse_object(nested(strict_json.DEEPEST))
    for levels in (strict_json.DEEPEST + 1, 900, 5_000):
        with pytest.raises(ValueError, match="nested too deeply"):
            strict_json.parse_object(nested(levels))


def test_many_members_side_by_side_are_not_deep() -> None:
    roles = ", ".join(f'"client{number}": {{"roles": ["a"]}}' for number in range(200))
    assert len(strict_json.parse_object(f"{{{roles}}}".encode())) == 200
