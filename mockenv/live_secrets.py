"""Finds what looks like a real secret in mock sources: whoever may call a mock can read it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mockenv.references import files_of
from mockenv.settings.resolve import MockSettings


class SecretForm(NamedTuple):
    """What a kind of secret begins with, and its whole form; both in bytes."""

    name: str
    start: bytes
    form: re.Pattern[bytes]


class FoundSecret(NamedTuple):
    """Where something looks like a secret; the secret itself is never repeated."""

    mock: str
    file: str
    line: int
    name: str

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.line}: this looks like {self.name}, and whoever may call "
            f"{self.mock} can read it: put a made-up value there, and revoke the real one"
        )


# As their issuers document them, with marks that no other text has: a false alarm teaches people
# to look away. The AWS documentation's own examples end in EXAMPLE.
SECRET_FORMS = (
    SecretForm(
        "a private key",
        b"-----BEGIN ",
        re.compile(rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    ),
    SecretForm(
        "an AWS access key", b"AKIA", re.compile(rb"\bAKIA(?![A-Z2-7]*EXAMPLE\b)[A-Z2-7]{16}\b")
    ),
    SecretForm("a GitHub token", b"gh", re.compile(rb"\bgh[oprsu]_[A-Za-z0-9]{36,251}\b")),
    SecretForm("a GitHub token", b"github_pat_", re.compile(rb"\bgithub_pat_[A-Za-z0-9_]{82}\b")),
    SecretForm("a GitLab token", b"glpat-", re.compile(rb"\bglpat-[A-Za-z0-9_-]{20,}")),
    SecretForm("a Stripe live key", b"k_live_", re.compile(rb"\b[rs]k_live_[A-Za-z0-9]{16,247}\b")),
    SecretForm("a Slack token", b"xox", re.compile(rb"\bxox[abeprs]-[0-9]{10,}-[A-Za-z0-9-]{20,}")),
    SecretForm("a Google API key", b"AIza", re.compile(rb"\bAIza[A-Za-z0-9_-]{35}\b")),
)


def find_live_secrets(mocks: Iterable[MockSettings]) -> list[FoundSecret]:
    """List what looks like a secret in the sources of mocks and in the files they refer to.

    Raises MockenvError for a reference that can't be followed.
    """
    return [
        FoundSecret(mock.name, file, line, name)
        for mock in mocks
        for file, content in files_of(mock).items()
        for line, name in secrets_in(content)
    ]


def secrets_in(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield line (from 1) and kind of everything that looks like a secret, kind by kind."""
    for secret in SECRET_FORMS:
        if secret.start not in content:
            continue
        for found in secret.form.finditer(content):
            yield content.count(b"\n", 0, found.start()) + 1, secret.name
