import json
from pathlib import Path

import pytest

from policy.finding import Acknowledgement, Finding
from policy.judgement import CDK_NAG, CFN_LINT, CHECKOV, OURS, Judgement, judge, tool_of
from policy.table import table, told
from synthesized import Synthesized

REASON = "There is nothing in it to be encrypted"


def finding(resource: str = "Bucket1", rule: str = "CKV_1", stack: str = "one") -> Finding:
    return Finding(CHECKOV, stack, resource, rule, "Encrypt it")


@pytest.fixture
def assembly(tmp_path: Path) -> Synthesized:
    """Two stacks alike: a bucket at Store/Bucket, and what is said at Store."""
    for stack in ("one", "two"):
        (tmp_path / f"{stack}.template.json").write_text('{"Resources": {}}')
        metadata = {
            f"/{stack}/Store": [
                {"type": "aws:cdk:acknowledged-rules", "data": {"Annotation::CKV_1": REASON}},
                {"type": "aws:cdk:acknowledged-rules", "data": {"CloudFormation-Validate::W": ""}},
            ],
            f"/{stack}/Store/Bucket": [{"type": "aws:cdk:logicalId", "data": "Bucket1"}],
            f"/{stack}/StoreRoom": [{"type": "aws:cdk:logicalId", "data": "Bucket2"}],
        }
        (tmp_path / f"{stack}.metadata.json").write_text(json.dumps(metadata))
    return Synthesized(tmp_path)


def test_what_is_said_holds_below_its_construct(assembly: Synthesized) -> None:
    judgement = judge(assembly, [finding()], [CHECKOV])
    said = Acknowledgement("one", "Store", "CKV_1", REASON)
    assert judgement == Judgement([], [(finding(), said)], [])


@pytest.mark.parametrize("other", [finding("Bucket2"), finding(rule="CKV_2"), finding("")])
def test_it_holds_nowhere_else_and_for_no_other_rule(assembly: Synthesized, other: Finding) -> None:
    judgement = judge(assembly, [other, finding()], [CHECKOV])
    assert judgement.unacknowledged == [other]
    assert "acknowledge it at its construct" in next(told(judgement))


def test_what_is_said_to_nothing_is_told(assembly: Synthesized) -> None:
    judgement = judge(assembly, [], [CHECKOV])
    assert [said.stack for said in judgement.idle] == ["one", "two"]
    assert list(told(judgement)) == [
        "Store: CKV_1 is acknowledged, but nothing is found\n    remove it there"
    ]


def test_it_is_not_told_of_a_tool_that_did_not_run(assembly: Synthesized) -> None:
    assert judge(assembly, [], [CDK_NAG, CFN_LINT, OURS]).idle == []


def test_the_table_counts_both(assembly: Synthesized) -> None:
    judgement = judge(assembly, [finding(), finding("Bucket2")], [CHECKOV])
    assert table(judgement, ["one", "two"], [CHECKOV]).split("\n")[1:] == [
        "one                            1 + 1",
        "two                            0 + 0",
    ]


@pytest.mark.parametrize(
    ("rule", "tool"),
    [
        ("AwsSolutions-IAM5[Resource::*]", CDK_NAG),
        ("CKV_AWS_18", CHECKOV),
        ("CKV2_AWS_5", CHECKOV),
        ("Mockenv-OpenIngress", OURS),
        ("W3030", CFN_LINT),
    ],
)
def test_a_rule_tells_its_tool(rule: str, tool: str) -> None:
    assert tool_of(rule) == tool
