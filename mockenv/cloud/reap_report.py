"""How the plan of a run is shown."""

from collections.abc import Sequence

from mockenv.cloud.reap_plan import LEAVE, WAIT, Planned
from mockenv.cloud.tables import table_text

HEADERS = ("ENVIRONMENT", "STEP", "WHY")
STYLES = {"delete": "red", "retry": "red", LEAVE: "yellow", "warn": "yellow"}


def as_text(plan: Sequence[Planned]) -> str:
    """Return a plan for people; the last line counts what would be done."""
    rows = [(each.environment, each.step, each.why) for each in plan]
    due = sum(1 for each in plan if each.step not in {WAIT, LEAVE})
    counted = f"{due} of {len(plan)} environments would be moved on; nothing was changed"
    return "\n\n".join([table_text(HEADERS, rows, STYLES), counted] if rows else [counted])
