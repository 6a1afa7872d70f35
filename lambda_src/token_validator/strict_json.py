"""JSON without the parts that two readers may understand differently.

RFC 7515 section 4 and RFC 7519 section 4 require member names to be unique or the token to be
rejected; RFC 8259 knows neither NaN nor Infinity; RFC 7493 (I-JSON) excludes lone surrogates,
which could not be passed on as UTF-8 either.
"""

import json

JsonObject = dict[str, object]
DEEPEST = 100  # levels; how many Python itself reads differs between 3.11 and 3.13


def parse_object(data: bytes) -> JsonObject:
    """The JSON object that `data` (UTF-8) holds.

    Raises ValueError for anything else, without quoting `data` in the message.
    """
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except RecursionError:
        raise ValueError("JSON is nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("JSON is not an object")
    if data.count(b"[") + data.count(b"{") > DEEPEST:
        _refuse_depth(value)
    if b"\\u" in data:
        _refuse_lone_surrogates(value)
    return value


def _without_duplicates(pairs: list[tuple[str, object]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("JSON has a member twice")
    return members


def _refuse_constant(name: str) -> object:
    raise ValueError(f"JSON has no {name}")


def _refuse_depth(value: object) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [child for each in level for child in _children(each)]
        if not level:
            return
    raise ValueError("JSON is nested too deeply")


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _refuse_lone_surrogates(value: JsonObject) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (UnicodeEncodeError, RecursionError):
        raise ValueError("JSON has a lone surrogate") from None


# Made once: json.loads would make one for every token.
_DECODER = json.JSONDecoder(object_pairs_hook=_without_duplicates, parse_constant=_refuse_constant)
