from policy.finding import Finding
from policy.judgement import CDK_NAG, Judgement
from policy.said import acknowledgements
from policy.table import told
from synthesized import Synthesized

FEWEST_WORDS = 5


def test_whatever_is_found_is_acknowledged_and_the_other_way_round(judgement: Judgement) -> None:
    assert list(told(judgement)) == []


def test_something_was_looked_for(findings: list[Finding]) -> None:
    """In every stack cdk-nag finds what is acknowledged: where it finds nothing it did not look."""
    assert {finding.stack for finding in findings if finding.tool == CDK_NAG} >= {
        "network-none",
        "ttl-cleanup",
        "pr-123",
    }


def test_each_acknowledgement_gives_a_reason(synthesized: Synthesized) -> None:
    for stack in synthesized.stacks():
        for said in acknowledgements(synthesized, stack):
            assert len(said.reason.split()) >= FEWEST_WORDS, said


def test_templates_hold_nothing_of_it(synthesized: Synthesized) -> None:
    """Reasons are for whoever reads the code or the docs; templates have limits."""
    for stack in synthesized.stacks():
        for resource in synthesized.template(stack)["Resources"].values():
            assert not {"cdk_nag", "checkov"} & set(resource.get("Metadata", {}))
