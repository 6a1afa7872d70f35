"""Writes stacks on paper as Markdown tables, for docs/creation.md."""

from collections.abc import Iterable, Iterator, Sequence

from creation_time.creation import Creation
from creation_time.paper import Paper
from creation_time.report import short_name
from creation_time.sensitivity import Slower


def overview(papers: Iterable[Paper]) -> str:
    """Return one line for each stack."""
    head = ("stack", "resources", "template", "first 200", "complete", "deleted in")
    return _table(head, map(_stack, papers))


def critical_path(creation: Creation) -> str:
    """Return one line for each step, those within a service indented."""
    return _table(("step", "seconds", "until"), _steps(creation))


def sensitivity(cases: Iterable[Slower], all_slower: float) -> str:
    """Return one line for each duration that matters, and one for all of them at once."""
    rows = [
        (f"`{c.name}`", f"{c.seconds:g} s", f"{c.first_200:.0f} s", c.basis, c.source)
        for c in cases
    ]
    everything = ("all of `durations.yaml`", "", f"{all_slower:.0f} s", "", "")
    return _table(("duration", "now", "first 200 if twice", "basis", "from"), [*rows, everything])


def _stack(paper: Paper) -> Sequence[str]:
    found = {count.of: count.found for count in paper.counts}
    first = paper.creation.first_200
    return (
        paper.stack,
        str(found["resources"]),
        f"{found['bytes'] / 1000:.0f} kB",
        "" if first is None else f"{first:.0f} s",
        f"{paper.creation.complete:.0f} s",
        f"{paper.deletion_seconds:.0f} s",
    )


def _steps(creation: Creation) -> Iterator[Sequence[str]]:
    begin = creation.steps[0].start
    yield ("change set", f"{begin:.0f}", f"{begin:.0f}")
    for step in creation.steps:
        yield (short_name(step), f"{step.end - step.start:.0f}", f"{step.end:.0f}")
        until = step.start
        for part in step.parts:
            until += part.seconds
            yield (f"– {part.name}", f"{part.seconds:.0f}", f"{until:.0f}")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
