import json
from pathlib import Path
from typing import Any

from policy.stacks import kind_of, telling_templates
from synthesized import Synthesized

TOPIC = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "a"}}
TAGGED = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "b", "Tags": [{"Key": "c"}]}}
QUEUE = {"Type": "AWS::SQS::Queue"}


def assembly(folder: Path, **stacks: dict[str, Any]) -> Synthesized:
    for stack, resource in stacks.items():
        file = folder / f"{stack}.template.json"
        file.write_text(json.dumps({"Resources": {"A": resource}}), encoding="utf-8")
    return Synthesized(folder)


def test_templates_that_hold_nothing_new_are_left_out(tmp_path: Path) -> None:
    few = telling_templates(assembly(tmp_path, plain=TOPIC, tagged=TAGGED, again=TAGGED))
    assert [stack for stack, _ in few] == ["again"]


def test_what_only_one_stack_has_is_among_them(tmp_path: Path) -> None:
    few = telling_templates(assembly(tmp_path, queue=QUEUE, tagged=TAGGED))
    assert few == [(s, tmp_path / f"{s}.template.json") for s in ("queue", "tagged")]


def test_few_templates_tell_all(synthesized: Synthesized) -> None:
    few = {stack for stack, _ in telling_templates(synthesized)}
    kinds = {kind_of(synthesized, stack) for stack in few}
    assert kinds == {"network", "ttl-cleanup", "environment"}
    assert len(few) < len(synthesized.stacks())


def test_stacks_are_known_by_their_names_on_aws(synthesized: Synthesized) -> None:
    assert kind_of(synthesized, "network-none") == "network"
    assert kind_of(synthesized, "pr-123") == "environment"
