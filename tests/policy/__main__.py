"""All tools over all stacks: prints a table, ends with 1 if anything is open."""

import argparse
import sys
import tempfile
from pathlib import Path

from policy.checkov_run import CheckovError, checkov_findings
from policy.finding import Finding
from policy.judgement import CDK_NAG, CFN_LINT, CHECKOV, OURS, judge
from policy.lint import lint_findings
from policy.nag import nag_findings
from policy.own_rules import own_findings
from policy.stacks import templates
from policy.table import table, told
from synthesized import ROOT, Synthesized, prepare_cdk, synthesize_all

TOOLS = (CDK_NAG, CFN_LINT, CHECKOV, OURS)


def main() -> int:
    """Check every stack."""
    parser = argparse.ArgumentParser(prog="policy")
    parser.add_argument("--checkov", type=Path, default=ROOT / ".build/policy/bin/checkov")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mockenv-policy-") as folder:
        prepare_cdk()
        synthesized = synthesize_all(Path(folder))
        findings = _findings(synthesized, arguments.checkov)
        return _report(synthesized, findings)


def _findings(synthesized: Synthesized, checkov: Path) -> list[Finding]:
    files = templates(synthesized)
    return [
        *nag_findings(files),
        *lint_findings(files),
        *checkov_findings(checkov, files),
        *own_findings(files),
    ]


def _report(synthesized: Synthesized, findings: list[Finding]) -> int:
    judgement = judge(synthesized, findings, TOOLS)
    print(table(judgement, synthesized.stacks(), TOOLS))
    wrong = list(told(judgement))
    for words in wrong:
        print(words, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CheckovError as error:
        sys.exit(str(error))
