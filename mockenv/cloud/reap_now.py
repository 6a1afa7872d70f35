"""Runs the deployed reaper once, out of turn, and reads what it did."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mockenv.cloud.shared_stacks import REAPER_FUNCTION, published_value
from mockenv.errors import MockenvError

EVENT = {"source": "mockenv reap"}


@dataclass(frozen=True)
class Run:
    """What a run logged and counted."""

    events: Sequence[Mapping[str, Any]]
    counts: Mapping[str, int]

    def as_data(self) -> dict[str, Any]:
        """Return it for programs."""
        return {"events": list(self.events), "counts": dict(self.counts)}

    def as_text(self) -> str:
        """Return it for people: what was done, then what was counted and is not zero."""
        counted = [f"{name} {count}" for name, count in self.counts.items() if count]
        summary = ", ".join(counted).replace("_", " ") or "nothing had to be done"
        return "\n".join([*map(_line, self.events), summary])

    def require_success(self, project: str) -> None:
        """Raise MockenvError if a step failed; the next run tries it again."""
        failed = self.counts.get("steps_failed", 0)
        if failed:
            raise MockenvError(
                f"{failed} steps of the run failed",
                next_step="see the reasons above; the next run tries again. The log: "
                f"{log_group(project)}",
            )


def reap_now(functions: Any, ssm: Any, project: str) -> Run:
    """Call the reaper and wait for its end; both clients are boto3's.

    Raises MockenvError if the shared stacks are not here, or the run did not come to its end.
    """
    name = published_value(ssm, project, REAPER_FUNCTION)
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(EVENT).encode())
    said = json.loads(answer["Payload"].read() or b"null")
    if answer.get("FunctionError") or not isinstance(said, dict) or "counts" not in said:
        raise _broken(said, project)
    return Run(said["events"], said["counts"])


def log_group(project: str) -> str:
    """Name the log of the reaper."""
    return f"/mockenv/{project}/reaper"


def _broken(said: Any, project: str) -> MockenvError:
    reason = said.get("errorMessage") if isinstance(said, dict) else None
    return MockenvError(
        f"the reaper's run did not come to its end: {reason or said}",
        next_step=f"look at its log: aws logs tail {log_group(project)}",
    )


def _line(event: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in event.items() if key not in {"event", "environment"}}
    details = ", ".join(f"{key} {value}" for key, value in rest.items())
    where = event.get("environment", "-")
    return f"{where}: {event['event'].replace('_', ' ')}" + (f" ({details})" if details else "")
