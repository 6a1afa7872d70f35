"""What cdk-nag, cfn-lint and our own rules find, found once for all tests of this folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policy.finding import Finding
from policy.judgement import CDK_NAG, CFN_LINT, OURS, Judgement, judge
from policy.lint import lint_findings
from policy.nag import nag_findings
from policy.own_rules import own_findings
from policy.stacks import telling_templates, templates
from synthesized import Synthesized

Write = Callable[[dict[str, Any]], list[tuple[str, Path]]]


@pytest.fixture(scope="session")
def findings(synthesized: Synthesized) -> list[Finding]:
    """What the tools find that are quick; cfn-lint is not, and sees no more than it needs to."""
    every = templates(synthesized)
    few = telling_templates(synthesized)
    return [*nag_findings(every), *lint_findings(few), *own_findings(every)]


@pytest.fixture(scope="session")
def judgement(synthesized: Synthesized, findings: list[Finding]) -> Judgement:
    """The same, held against what is acknowledged."""
    return judge(synthesized, findings, (CDK_NAG, CFN_LINT, OURS))


@pytest.fixture
def template(tmp_path: Path) -> Write:
    """Write resources as the template of a stack named `stack`."""

    def write(resources: dict[str, Any]) -> list[tuple[str, Path]]:
        file = tmp_path / "stack.template.json"
        file.write_text(json.dumps({"Resources": resources}), encoding="utf-8")
        return [("stack", file)]

    return write
