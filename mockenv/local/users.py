"""Who may ask the local issuer for tokens, and what those may hold."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import SecretStr

from mockenv.settings.local import Local, LocalUser

GENERATED_USER = "developer"
_NOBODY = secrets.token_bytes(32)  # what a password of nobody is compared with, as long


@dataclass(frozen=True)
class User:
    """A user whose password was right; `scopes` is all that a token may hold."""

    name: str
    scopes: tuple[str, ...]


class Users:
    """All users of a local run; of passwords only digests are kept."""

    def __init__(self, local: Local) -> None:
        self._users = {name: User(name, user.scopes) for name, user in local.users.items()}
        self._digests = {
            name: _digest(user.password.get_secret_value()) for name, user in local.users.items()
        }

    def find(self, name: str, passwords: Sequence[str]) -> User | None:
        """The user of this name if one of the passwords is right; takes as long for anybody."""
        expected = self._digests.get(name, _NOBODY)
        matches = [hmac.compare_digest(_digest(given), expected) for given in passwords]
        return self._users.get(name) if any(matches) else None


@dataclass(frozen=True)
class FirstUser:
    """The user whom `mockenv up` names; `password` is None where the settings file has it."""

    name: str
    password: str | None = field(repr=False)


class RunUsers:
    """Who may ask during one run: the users of the settings, or else one with a new password.

    That one may have the scopes that are given.
    """

    def __init__(self, scopes: Sequence[str]) -> None:
        self._password = secrets.token_hex(12)  # needs no quotes in a shell or a URL
        user = LocalUser(password=SecretStr(self._password), scopes=tuple(scopes))
        self._generated = Local(users={GENERATED_USER: user})

    def of(self, local: Local) -> Users:
        """All users."""
        return Users(local if local.users else self._generated)

    def first(self, local: Local) -> FirstUser:
        """The one to name to whoever starts the run."""
        if local.users:
            return FirstUser(next(iter(local.users)), None)
        return FirstUser(GENERATED_USER, self._password)


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()
