"""The parameters of a request for a token, from a form or from JSON."""

import json
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from mockenv.local.token_errors import InvalidRequestError

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MOST_PARAMETERS = 50

Parameters = Mapping[str, str]


def read_parameters(content_type: str, body: bytes) -> Parameters:
    """The parameters by name; those without a value count as left out (RFC 6749, section 3.2).

    Raises InvalidRequestError for another content type, a body that is not of it, and a parameter
    that is given twice.
    """
    readers = {FORM: _form, JSON: _json}
    reader = readers.get(content_type.partition(";")[0].strip().lower())
    if reader is None:
        raise InvalidRequestError(f"send the parameters as {FORM} or as {JSON}")
    try:
        pairs = reader(body)
    except (ValueError, RecursionError):
        raise InvalidRequestError("the body is not what its content type says, in UTF-8") from None
    return _once(pairs)


def _form(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(
        body.decode("utf-8"),
        keep_blank_values=True,
        errors="strict",
        max_num_fields=MOST_PARAMETERS,
    )


class _Members(list[tuple[str, object]]):
    """The members of a JSON object as they stand there, repeated ones included."""


def _json(body: bytes) -> list[tuple[str, str]]:
    members = json.loads(body.decode("utf-8"), object_pairs_hook=_Members)
    if not isinstance(members, _Members):
        raise ValueError("not an object")
    return [(name, _text(value)) for name, value in members]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise InvalidRequestError("in JSON, all values are texts, and expires_in may be a number")


def _once(pairs: Iterable[tuple[str, str]]) -> Parameters:
    parameters: dict[str, str] = {}
    for name, value in pairs:
        if name in parameters:
            raise InvalidRequestError("a parameter stands there twice")
        parameters[name] = value
    return {name: value for name, value in parameters.items() if value}
