"""Findings held against what is said to them, and the other way round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policy.finding import Acknowledgement, Finding
from policy.said import acknowledgements, paths_of_resources
from synthesized import Synthesized

CDK_NAG, CFN_LINT, CHECKOV, OURS = "cdk-nag", "cfn-lint", "checkov", "mockenv"
RULE_STARTS = {"AwsSolutions-": CDK_NAG, "CKV": CHECKOV, "Mockenv-": OURS}


@dataclass(frozen=True)
class Judgement:
    """What is open, what is acknowledged by what, and what is said to nothing."""

    unacknowledged: list[Finding]
    acknowledged: list[tuple[Finding, Acknowledgement]]
    idle: list[Acknowledgement]

    def count(self, stack: str, tool: str) -> tuple[int, int]:
        """Return how many findings of a tool in a stack are open, and how many acknowledged."""
        found = [finding for finding, _ in self.acknowledged]
        return _count(self.unacknowledged, stack, tool), _count(found, stack, tool)


def tool_of(rule: str) -> str:
    """Tell whose rule it is by its name."""
    return next((tool for start, tool in RULE_STARTS.items() if rule.startswith(start)), CFN_LINT)


def judge(synthesized: Synthesized, findings: Iterable[Finding], tools: Iterable[str]) -> Judgement:
    """Hold findings against the acknowledgements of all stacks.

    An acknowledgement of one of these tools is idle if nothing is found where it stands, in any
    stack that has it: not every kind of an environment breaks every rule.
    """
    said = [each for stack in synthesized.stacks() for each in acknowledgements(synthesized, stack)]
    paths = {stack: paths_of_resources(synthesized, stack) for stack in synthesized.stacks()}
    answers = [(finding, _answer(said, finding, paths)) for finding in findings]
    needed = {(answer.path, answer.rule) for _, answer in answers if answer}
    wanted = set(tools)
    return Judgement(
        unacknowledged=[finding for finding, answer in answers if answer is None],
        acknowledged=[(finding, answer) for finding, answer in answers if answer],
        idle=[
            each
            for each in said
            if tool_of(each.rule) in wanted and (each.path, each.rule) not in needed
        ],
    )


def _answer(
    said: Iterable[Acknowledgement], finding: Finding, paths: Mapping[str, Mapping[str, str]]
) -> Acknowledgement | None:
    path = paths[finding.stack].get(finding.resource, "")
    return next((each for each in said if each.covers(finding, path)), None)


def _count(findings: Iterable[Finding], stack: str, tool: str) -> int:
    return sum((finding.stack, finding.tool) == (stack, tool) for finding in findings)
