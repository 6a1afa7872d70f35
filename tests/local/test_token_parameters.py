"""The parameters of a request for a token."""

import json

import pytest

from mockenv.local.token_errors import InvalidRequestError
from mockenv.local.token_parameters import FORM, JSON, MOST_PARAMETERS, read_parameters


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        (FORM, b"a=1&b=x+y%20z&c=%C3%BC", {"a": "1", "b": "x y z", "c": "ü"}),
        (f"{FORM}; charset=UTF-8", b"a=1", {"a": "1"}),
        (FORM.upper(), b"a=1", {"a": "1"}),
        (FORM, b"a=&b=1&c", {"b": "1"}),  # without a value: left out (RFC 6749, section 3.2)
        (FORM, b"", {}),
        (JSON, b'{"a": "1", "b": 60, "c": ""}', {"a": "1", "b": "60"}),
        (f"{JSON};charset=utf-8", '{"a": "ü"}'.encode(), {"a": "ü"}),
        (JSON, b"{}", {}),
    ],
)
def test_forms_and_json_give_the_same(
    content_type: str, body: bytes, expected: dict[str, str]
) -> None:
    assert read_parameters(content_type, body) == expected


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("", b"a=1"),
        ("text/plain", b"a=1"),
        ("multipart/form-data; boundary=b", b"a=1"),
        (f"{FORM}, {JSON}", b"a=1"),
        (FORM, b"a=1&a=1"),
        (FORM, b"a=&a=1"),
        (FORM, b"a=\xff"),
        (FORM, b"a=%FF"),
        (FORM, b"&".join(b"p%d=1" % number for number in range(MOST_PARAMETERS + 1))),
        (JSON, b""),
        (JSON, b"[]"),
        (JSON, b'"a"'),
        (JSON, b"[" * 8000),
        (JSON, b'{"a": "1", "a": "1"}'),
        (JSON, b'{"a": true}'),
        (JSON, b'{"a": null}'),
        (JSON, b'{"a": 1.5}'),
        (JSON, b'{"a": NaN}'),
        (JSON, b'{"a": ["1"]}'),
        (JSON, b'{"a": {"b": "1"}}'),
        (JSON, b'{"a": ' + b"1" * 8000 + b"}"),
        (JSON, json.dumps({"a": "ü"}, ensure_ascii=False).encode("latin-1")),
    ],
)
def test_what_is_neither_is_refused(content_type: str, body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        read_parameters(content_type, body)
