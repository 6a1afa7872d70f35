"""What only the local run is told: none of it is part of what goes to AWS."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from mockenv.settings.frozen import Frozen

USER_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
SCOPE_FORM = re.compile(r"[!#-\[\]-~]{1,100}")  # RFC 6749, appendix A.4


def _check_user(name: str) -> str:
    if not USER_FORM.fullmatch(name):
        raise ValueError("a user's name is 1 to 64 letters, digits and . _ @ -")
    return name


def _check_scope(scope: str) -> str:
    if not SCOPE_FORM.fullmatch(scope):
        raise ValueError("a scope is one word in ASCII, without quotes and backslashes")
    return scope


UserName = Annotated[str, AfterValidator(_check_user)]
Scope = Annotated[str, AfterValidator(_check_scope)]


class LocalUser(Frozen):
    """Somebody whom the local issuer gives tokens."""

    password: SecretStr = Field(
        min_length=1,
        max_length=200,
        description="Good on this machine only, so no password that is used elsewhere",
    )
    scopes: tuple[Scope, ...] = Field(
        default=(), max_length=50, description="All that a token of this user may hold"
    )


class Local(Frozen):
    """Settings of the local run alone."""

    users: dict[UserName, LocalUser] = Field(
        default_factory=dict,
        max_length=100,
        description="Who gets tokens from /_mockenv/token; without any: developer, new at each run",
    )
