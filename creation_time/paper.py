"""All that is computed from one template."""

from dataclasses import dataclass
from datetime import date

from creation_time.creation import Creation, creation
from creation_time.deletion import deletion_seconds
from creation_time.durations import Durations
from creation_time.limits import Count, counts
from creation_time.template_graph import Template


@dataclass(frozen=True)
class Paper:
    """A stack on paper: its size, its create, and its delete in seconds."""

    stack: str
    as_of: date
    counts: tuple[Count, ...]
    creation: Creation
    deletion_seconds: float


def on_paper(stack: str, template: Template, durations: Durations) -> Paper:
    """Compute everything from a stack's template."""
    return Paper(
        stack=stack,
        as_of=durations.as_of,
        counts=counts(template),
        creation=creation(template, durations),
        deletion_seconds=deletion_seconds(template, durations),
    )
