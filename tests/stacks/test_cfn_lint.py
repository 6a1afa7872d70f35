"""cfn-lint over every template, in one process: loading its schemas takes longer than linting."""

from cfnlint.api import lint  # type: ignore[import-untyped]

from synthesized import Synthesized


def test_cfn_lint_finds_nothing(synthesized: Synthesized) -> None:
    findings = [
        f"{stack}: {match}"
        for stack in synthesized.stacks()
        for match in lint((synthesized.folder / f"{stack}.template.json").read_text())
    ]
    assert findings == []
