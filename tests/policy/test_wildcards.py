from policy.wildcards import wildcards
from synthesized import Synthesized


def test_every_wildcard_has_its_reason(synthesized: Synthesized) -> None:
    found = [each for stack in synthesized.stacks() for each in wildcards(synthesized, stack)]
    assert {each.stack for each in found} >= {"ttl-cleanup", "pr-123", "pr-9"}
    assert [each for each in found if not each.reason] == []
