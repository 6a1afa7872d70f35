from typing import Any

import pytest

from environments.physical_names import NAMES, too_long, unique_names


def named(kind: str, name: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": {NAMES[kind].property: name}}


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_has_its_length(kind: str) -> None:
    longest = NAMES[kind].longest
    assert list(too_long(named(kind, "x" * longest))) == []
    (words,) = too_long(named(kind, "x" * (longest + 1)))
    assert words.endswith(f"has {longest + 1} characters, {longest} at most")


def test_what_has_no_name_is_named_by_cloudformation() -> None:
    assert list(too_long({"Type": "AWS::S3::Bucket"})) == []
    assert list(unique_names({"Resources": {"A": {"Type": "AWS::S3::Bucket"}}})) == []


def test_references_count_with_what_they_come_to() -> None:
    """As the name of a config bucket is made: the start of the stack id's UUID is in it."""
    uuid = {"Fn::Select": [2, {"Fn::Split": ["/", {"Ref": "AWS::StackId"}]}]}
    start = {"Fn::Select": [0, {"Fn::Split": ["-", uuid]}]}
    bucket = named("AWS::S3::Bucket", {"Fn::Join": ["-", ["mockenv", "shop", start]]})
    assert list(unique_names({"Resources": {"A": bucket}})) == [
        ("AWS::S3::Bucket", "mockenv-shop-01234567")
    ]


def test_some_names_may_be_there_twice() -> None:
    api = named("AWS::ApiGatewayV2::Api", "shop")
    assert list(unique_names({"Resources": {"A": api}})) == []
