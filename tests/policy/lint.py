"""cfn-lint over templates, in one process: loading its schemas takes longer than linting."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cfnlint.api import lint  # type: ignore[import-untyped]

from policy.finding import Finding
from policy.judgement import CFN_LINT


def lint_findings(templates: Iterable[tuple[str, Path]]) -> Iterator[Finding]:
    """Yield what cfn-lint finds in each stack's template: errors and warnings."""
    for stack, template in templates:
        for match in lint(template.read_text(encoding="utf-8")):
            yield Finding(CFN_LINT, stack, _resource(match.path), match.rule.id, match.message)


def _resource(path: list[Any]) -> str:
    return str(path[1]) if len(path) > 1 and path[0] == "Resources" else ""
