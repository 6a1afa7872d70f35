"""The long form: a thousand environments, some of them through cfn-lint; prints what they were."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from environments.coverage import lines, missing
from environments.run import run
from environments.trial import Trial
from policy.judgement import CFN_LINT, judge
from policy.lint import lint_findings
from policy.stacks import templates
from synthesized import prepare_cdk


def main() -> int:
    """Try them; end with 1 if a kind is missing or cfn-lint finds something new."""
    parser = argparse.ArgumentParser(prog="environments")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--linted", type=int, default=30)
    parser.add_argument("--seed", type=int, default=6)
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mockenv-environments-") as folder:
        trial = Trial(Path(folder), keep_every=arguments.count // max(1, arguments.linted))
        prepare_cdk()
        run(trial, count=arguments.count, starting_with=arguments.seed)
        found = list(_lint(trial))
    print("\n".join(_report(trial, found)))
    print(f"\n{time.monotonic() - began:.0f} s", file=sys.stderr)
    return 1 if found or missing(trial.kinds, trial.tried) else 0


def _lint(trial: Trial) -> Iterator[str]:
    for synthesized in trial.kept:
        found = lint_findings(templates(synthesized))
        yield from map(str, judge(synthesized, found, [CFN_LINT]).unacknowledged)


def _report(trial: Trial, found: list[str]) -> Iterator[str]:
    yield from lines(trial.kinds, trial.tried)
    yield from (f"| refused: {why} | {count:,} |" for why, count in trial.refused.items())
    yield from (f"| most {figure.replace('_', ' ')} | {n:,} |" for figure, n in trial.most.items())
    yield f"| linted | {len(trial.kept)} |\n| - findings of cfn-lint | {len(found)} |"
    yield from found
    yield from (f"too few to count: {kind}" for kind in missing(trial.kinds, trial.tried))


if __name__ == "__main__":
    sys.exit(main())
