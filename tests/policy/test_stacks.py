from policy.stacks import kind_of, telling_templates
from synthesized import Synthesized


def test_few_templates_tell_all(synthesized: Synthesized) -> None:
    few = {stack for stack, _ in telling_templates(synthesized)}
    kinds = {kind_of(synthesized, stack) for stack in few}
    assert kinds == {"network", "ttl-cleanup", "environment"}
    assert len(few) < len(synthesized.stacks())


def test_what_only_one_stack_has_is_among_them(synthesized: Synthesized) -> None:
    few = {stack for stack, _ in telling_templates(synthesized)}
    assert {"network-instance", "network-gateway", "pr-7"} <= few


def test_stacks_are_known_by_their_names_on_aws(synthesized: Synthesized) -> None:
    assert kind_of(synthesized, "network-none") == "network"
    assert kind_of(synthesized, "pr-123") == "environment"
