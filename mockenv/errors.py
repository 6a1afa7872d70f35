"""Errors that a user sees: each knows what to do next and its exit code."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process's exit status means."""

    DONE = 0
    FAILED = 1
    BAD_INPUT = 2
    UNKNOWN_ENVIRONMENT = 3
    LEFT_OVER = 4


class MockenvError(Exception):
    """An expected failure, printed without a traceback.

    `message` says what is wrong and where, `next_step` what to do about it.
    """

    def __init__(
        self, message: str, *, next_step: str, exit_code: ExitCode = ExitCode.FAILED
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.exit_code = exit_code
