"""The outcome of all tools over all stacks, as a text to read."""

from collections.abc import Iterator, Sequence

from policy.finding import Acknowledgement
from policy.judgement import Judgement

COLUMN = 14


def table(judgement: Judgement, stacks: Sequence[str], tools: Sequence[str]) -> str:
    """Draw stacks by tools: how many findings are open, how many are acknowledged."""
    rows = [("open + acknowledged", *tools), *(_row(judgement, stack, tools) for stack in stacks)]
    return "\n".join(_line(row) for row in rows)


def told(judgement: Judgement) -> Iterator[str]:
    """Tell what is wrong and what to do, a line each."""
    for finding in judgement.unacknowledged:
        yield f"{finding}\n    correct it, or acknowledge it at its construct with the reason"
    for path, rule in sorted({_place(each) for each in judgement.idle}):
        yield f"{path}: {rule} is acknowledged, but nothing is found\n    remove it there"


def _row(judgement: Judgement, stack: str, tools: Sequence[str]) -> tuple[str, ...]:
    counts = (judgement.count(stack, tool) for tool in tools)
    return (stack, *(f"{found} + {said}" for found, said in counts))


def _line(row: Sequence[str]) -> str:
    first, *others = row
    return f"{first:<22}" + "".join(f"{cell:>{COLUMN}}" for cell in others)


def _place(said: Acknowledgement) -> tuple[str, str]:
    return said.path, said.rule
