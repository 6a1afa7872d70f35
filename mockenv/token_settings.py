"""What the token validator is told: the JSON of its TOKEN_SETTINGS variable."""

from collections.abc import Iterable, Mapping
from typing import Any

from mockenv.settings.model import Tokens


def token_settings(tokens: Tokens, extra_kinds: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Describe which tokens are accepted; `extra_kinds` adds those of the local issuer."""
    kinds = [kind.model_dump(mode="json") for kind in tokens.kinds]
    return {"header": tokens.header, "kinds": [*kinds, *map(dict, extra_kinds)]}
