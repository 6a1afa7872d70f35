"""What a run did and found, as metrics that CloudWatch reads from the log."""

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Tally:
    """Counts of one run. `delete_failed` and `leftovers` are what there is, not what is new."""

    warned: int = 0
    expired: int = 0
    deleted: int = 0
    delete_failed: int = 0
    leftovers: int = 0
    unreadable: int = 0
    steps_failed: int = 0


METRICS = {
    "warned": "TTLWarning",
    "expired": "Expired",
    "deleted": "Deleted",
    "delete_failed": "DeleteFailed",
    "leftovers": "Leftovers",
    "unreadable": "Unreadable",
    "steps_failed": "StepsFailed",
}
WHOLE_RUN = "Runs"


def namespace(project: str) -> str:
    """Name the namespace of the metrics of a project's reaper."""
    return f"Mockenv/{project}"


def metrics_line(tally: Tally, *, project: str, now: int) -> str:
    """Return a whole run's tally in CloudWatch's embedded metric format: no call, no permission.

    Source: CloudWatch user guide, "Specification: Embedded metric format".
    """
    values = {METRICS[name]: count for name, count in asdict(tally).items()} | {WHOLE_RUN: 1}
    return json.dumps({"_aws": _directive(values, project, now), "Function": "reaper", **values})


def _directive(values: dict[str, int], project: str, now: int) -> dict[str, Any]:
    definitions = [{"Name": name, "Unit": "Count"} for name in values]
    metrics = {
        "Namespace": namespace(project),
        "Dimensions": [["Function"]],
        "Metrics": definitions,
    }
    return {"Timestamp": now * 1_000, "CloudWatchMetrics": [metrics]}
