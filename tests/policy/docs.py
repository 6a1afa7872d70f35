"""The tables of docs/policy.md and docs/iam-wildcards.md, made from templates."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from policy.said import acknowledgements
from policy.stacks import kind_of
from policy.wildcards import wildcards
from synthesized import Synthesized

Row = tuple[str, ...]

BEGIN = "<!-- made by make policy-docs -->\n"
END = "<!-- to here -->\n"
WILDCARD_RULE = "AwsSolutions-IAM5"  # a page of their own


def with_table(page: str, table: str) -> str:
    """Return a page with the table between its marks replaced."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}"


def tables(synthesized: Synthesized) -> dict[Path, str]:
    """Return each page below the project's folder that holds a table, and the table."""
    return {
        Path("docs/policy.md"): acknowledgement_table(synthesized),
        Path("docs/iam-wildcards.md"): wildcard_table(synthesized),
    }


def acknowledgement_table(synthesized: Synthesized) -> str:
    """Draw what is acknowledged: rules, where, why. One row for each reason."""
    rules: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for stack in synthesized.stacks():
        for said in acknowledgements(synthesized, stack):
            if not said.rule.startswith(WILDCARD_RULE):
                rules[said.reason].add(f"`{said.rule}`")
                places[said.reason].add(_place(synthesized, stack, said.path))
    rows = [
        (", ".join(sorted(rules[reason])), ", ".join(sorted(places[reason])), reason)
        for reason in rules
    ]
    return _markdown(("rules", "where", "why"), rows)


def wildcard_table(synthesized: Synthesized) -> str:
    """Draw the resources with a wildcard that roles may use: where, statement, resource, why."""
    rows = {
        (
            _place(synthesized, stack, found.role),
            f"`{found.statement}`",
            f"`{_shown(synthesized, stack, found.resource)}`",
            found.reason,
        )
        for stack in synthesized.stacks()
        for found in wildcards(synthesized, stack)
    }
    return _markdown(("where", "statement", "resource", "why"), rows)


def _shown(synthesized: Synthesized, stack: str, resource: str) -> str:
    """Show a resource alike for all environments, with what functions cut out left out."""
    name: str = synthesized.manifest(stack)["stackName"]
    environment = name.partition("-env-")[2]
    name_alone = rf"(?<=[:-]){re.escape(environment)}(?=[-/])"
    text = re.sub(name_alone, "<environment>", resource) if environment else resource
    shown, depth = "", 0
    for character in text:
        depth -= character == "}"
        shown += character if depth == 0 and character not in "{}" else ""
        shown += "…" if depth == 0 and character == "{" else ""
        depth += character == "{"
    return shown


def _place(synthesized: Synthesized, stack: str, path: str) -> str:
    return f"{kind_of(synthesized, stack)}: {path.split('/', maxsplit=1)[0]}"


def _markdown(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, ("---",) * len(head), *sorted(rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
