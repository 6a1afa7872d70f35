"""The reason why a credential is not accepted."""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - an expected answer, not an error of the program
    """Base of all reasons; `reason` is the stable word that the log carries.

    `about` holds what the log may say of the credential (issuer, key id, subject). It never
    holds the token or a part of its signature.
    """

    reason: ClassVar[str]

    def __init__(self, **about: str) -> None:
        super().__init__(self.reason)
        self.about = about
