"""Shows a stack on paper on a terminal, within 80 columns."""

import re
from collections.abc import Iterator

from creation_time.creation import Creation, Step
from creation_time.limits import Count
from creation_time.paper import Paper

HASH = re.compile(r"[0-9A-F]{8}$")  # CDK's, at the end of a logical id
NAME_WIDTH = 40
BAR_WIDTH = 20


def report(paper: Paper) -> str:
    """Return the lines that `make synth` prints for a stack."""
    return "\n".join(
        [
            paper.stack,
            f"  {', '.join(map(_of_limit, paper.counts))}",
            f"  On paper, with durations of {paper.as_of}; nothing of it ran on AWS:",
            "",
            f"  {'seconds':>7}  {'until':>5}  critical path",
            *_path(paper.creation),
            "",
            f"  {_ends(paper)}",
            *(f"  guessed, as durations.yaml has no {name}" for name in paper.creation.unknown),
        ]
    )


def short_name(step: Step) -> str:
    """Return a resource's logical id without CDK's hash, and the last word of its type."""
    return f"{HASH.sub('', step.name)} ({step.type.rpartition('::')[2]})"


def _of_limit(count: Count) -> str:
    if count.of == "bytes":
        return f"{count.found / 1000:.0f} of {count.limit / 1000:,.0f} kB"
    return f"{count.found} of {count.limit} {count.of}"


def _path(creation: Creation) -> Iterator[str]:
    begin = creation.steps[0].start
    end = creation.steps[-1].end
    yield _line("change set", 0, begin, end)
    for step in creation.steps:
        yield _line(short_name(step), step.start, step.end, end)
        start = step.start
        for part in step.parts:
            yield _line(f"  {part.name}", start, start + part.seconds, end)
            start += part.seconds


def _line(name: str, start: float, until: float, end: float) -> str:
    before = min(round(start / end * BAR_WIDTH), BAR_WIDTH - 1)
    bar = " " * before + "█" * max(1, round(until / end * BAR_WIDTH) - before)
    shown = name if len(name) <= NAME_WIDTH else f"{name[: NAME_WIDTH - 1]}…"
    return f"  {until - start:7.0f}  {until:5.0f}  {shown:{NAME_WIDTH}}  {bar}".rstrip()


def _ends(paper: Paper) -> str:
    first = paper.creation.first_200
    serving = "" if first is None else f"first 200 after {first:.0f} s, "
    return (
        f"{serving}stack complete after {paper.creation.complete:.0f} s, "
        f"deleted in {paper.deletion_seconds:.0f} s"
    )
