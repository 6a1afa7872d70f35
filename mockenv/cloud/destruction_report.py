"""What people are shown before and after an environment is deleted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mockenv.cloud.destruction import Progress, failures
from mockenv.cloud.stack_resources import GONE, Resource
from mockenv.errors import ExitCode, MockenvError
from ttl_cleanup.reaper.stack import Stack


@dataclass(frozen=True)
class Outcome:
    """How a deletion ended; `left_over` names what still exists."""

    stack: Stack
    progress: Progress
    left_over: Sequence[str]

    @property
    def is_gone(self) -> bool:
        """Whether the stack is gone and nothing of it remains."""
        return self.progress.status == GONE and not self.left_over

    def as_data(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "environment": self.stack.environment,
            "stack_id": self.stack.stack_id,
            "stack_status": self.progress.status,
            "failed": failures(self.progress.resources),
            "left_over": list(self.left_over),
        }

    def require_gone(self) -> None:
        """Raise MockenvError, exit code 4, if anything is left."""
        if self.progress.status != GONE:
            raise _failed(self)
        if self.left_over:
            raise MockenvError(
                f"the stack of {self.stack.environment} is gone, but these are left over:"
                + _lines(self.left_over),
                next_step="delete what is still there by hand: it is in no stack any more",
                exit_code=ExitCode.LEFT_OVER,
            )


def what_goes(stack: Stack, resources: Sequence[Resource]) -> str:
    """Say what a deletion takes away."""
    kinds = Counter(each.kind.split("::", 1)[-1] for each in resources if each.status != GONE)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return "\n".join(
        [
            f"This deletes {stack.environment}, for everybody who uses it:",
            "",
            f"  stack      {stack.name} ({stack.status})",
            f"  resources  {listed or 'none'}",
            "",
        ]
    )


def _failed(outcome: Outcome) -> MockenvError:
    environment = outcome.stack.environment
    return MockenvError(
        f"the stack of {environment} is {outcome.progress.status}; these could not be deleted:"
        + _lines(failures(outcome.progress.resources)),
        next_step="remove what holds them, then run the command again; or leave them behind: "
        f"mockenv destroy {environment} --force",
        exit_code=ExitCode.LEFT_OVER,
    )


def _lines(entries: Sequence[str]) -> str:
    return "".join(f"\n  {entry}" for entry in entries)
