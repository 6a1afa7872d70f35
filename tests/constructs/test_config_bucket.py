import re
from typing import Any

from synthesized import Synthesized
from ttl_cleanup.environment_stack import environment_stack

UUID = "466df9e0-0dff-08e3-8e2f-5088487c4896"
LONGEST_STACK = "mockenv-abcdefghijklmnop-env-abcdefghijklmnopqrst"


def stack_id(name: str) -> str:
    return f"arn:aws:cloudformation:eu-central-1:123456789012:stack/{name}/{UUID}"


def evaluated(node: Any, values: dict[str, str]) -> Any:
    """Do with a template's functions what CloudFormation does."""
    if not isinstance(node, dict):
        return node
    ((function, argument),) = node.items()
    if function == "Ref":
        return values[argument]
    if function == "Fn::Join":
        return argument[0].join(evaluated(part, values) for part in argument[1])
    if function == "Fn::Split":
        return evaluated(argument[1], values).split(argument[0])
    assert function == "Fn::Select"
    return evaluated(argument[1], values)[int(argument[0])]


def test_template_and_registration_derive_the_same_name_from_the_stack(
    synthesized: Synthesized,
) -> None:
    own_id = stack_id("mockenv-payments-env-pr-123")
    bucket = synthesized.properties("pr-123", "AWS::S3::Bucket")
    name = evaluated(bucket["BucketName"], {"AWS::StackId": own_id})
    assert name == "mockenv-payments-pr-123-466df9e0-0dff"
    assert name == environment_stack(own_id, "payments").bucket


def test_the_longest_names_still_make_a_bucket_name() -> None:
    bucket = environment_stack(stack_id(LONGEST_STACK), "abcdefghijklmnop").bucket
    assert re.fullmatch(r"[a-z0-9-]{3,63}", bucket)


def test_the_provider_may_touch_the_buckets_of_its_project_only(
    synthesized: Synthesized,
) -> None:
    (pattern,) = (
        statement["Resource"]["Fn::Join"][1][-1].removeprefix(":s3:::")
        for statement in synthesized.statements("ttl-cleanup")
        if statement.get("Sid") == "ListConfigBuckets"
    )
    assert pattern == "mockenv-payments-*"
    as_expression = re.compile(pattern.replace("*", ".*"))
    assert as_expression.fullmatch("mockenv-payments-pr-123-466df9e0-0dff")
    assert not as_expression.fullmatch("mockenv-payments2-pr-123-466df9e0-0dff")


def test_the_bucket_is_private_encrypted_versioned_and_tidied(synthesized: Synthesized) -> None:
    bucket = synthesized.properties("pr-123", "AWS::S3::Bucket")
    assert bucket["VersioningConfiguration"]["Status"] == "Enabled"
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    (lifecycle,) = bucket["LifecycleConfiguration"]["Rules"]
    assert lifecycle["NoncurrentVersionExpiration"]["NoncurrentDays"] == 14
    policy = synthesized.properties("pr-123", "AWS::S3::BucketPolicy")["PolicyDocument"]
    assert policy["Statement"][0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
