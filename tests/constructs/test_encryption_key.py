"""A project's own key: what it encrypts, who may use it, and the key policy in the docs."""

import json
import re
from typing import Any

import pytest

from iam_evaluator import (
    ACCOUNT,
    REGION,
    Call,
    is_allowed,
    resolved,
    statements_of,
    statements_of_task,
)
from mock_constructs.encryption_key import key_permissions
from synthesized import KMS_KEY, ROOT, Synthesized

CLEANUP = "ttl-cleanup-key"
REAPER = "ttl_cleanup.reaper.handler.handler"
PROVIDER = "ttl_cleanup.registration.handler.handler"
GUARD = "ttl_cleanup.guard.handler.handler"
VALIDATOR = "token_validator.handler.handler"
ANOTHER_KEY = KMS_KEY.replace("01234567-89ab", "76543210-89ab")
PAGE = ROOT / "docs" / "encryption.md"


def statements(synthesized: Synthesized, user: str) -> list[dict[str, Any]]:
    if user == "task":
        return statements_of_task(synthesized, "pr-512")
    if user == "agent":
        return statements_of_task(synthesized, "pr-512", "ExecutionRoleArn")
    return statements_of(synthesized, "pr-512" if user == VALIDATOR else CLEANUP, user)


def through(service: str, action: str, key: str = KMS_KEY, region: str = REGION) -> Call:
    return Call(f"kms:{action}", key, {"kms:ViaService": f"{service}.{region}.amazonaws.com"})


def test_what_is_stored_is_encrypted_with_it(synthesized: Synthesized) -> None:
    bucket = synthesized.properties("pr-512", "AWS::S3::Bucket")["BucketEncryption"]
    table = synthesized.properties(CLEANUP, "AWS::DynamoDB::Table")["SSESpecification"]
    topic = synthesized.properties(CLEANUP, "AWS::SNS::Topic")
    assert bucket["ServerSideEncryptionConfiguration"] == [
        {
            "ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KMS_KEY},
            "BucketKeyEnabled": True,
        }
    ]
    assert table == {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": KMS_KEY}
    assert topic["KmsMasterKeyId"] == KMS_KEY


def test_fargate_is_told_the_id_as_it_takes_no_arn(synthesized: Synthesized) -> None:
    cluster = synthesized.properties("network-domain-key", "AWS::ECS::Cluster")
    storage = cluster["Configuration"]["ManagedStorageConfiguration"]
    assert storage == {"FargateEphemeralStorageKmsKeyId": KMS_KEY.rpartition("/")[2]}


@pytest.mark.parametrize("stack", ["network-none", "ttl-cleanup", "pr-123", "pr-443"])
def test_without_a_key_nobody_may_use_one(synthesized: Synthesized, stack: str) -> None:
    assert key_permissions(None, service="s3", actions=["kms:Decrypt"]) == []
    assert "kms:" not in str(synthesized.template(stack)["Resources"])


@pytest.mark.parametrize(
    ("user", "service", "actions"),
    [
        ("task", "s3", ["Decrypt"]),
        (VALIDATOR, "secretsmanager", ["Decrypt"]),
        (PROVIDER, "s3", ["Decrypt", "GenerateDataKey"]),
        (PROVIDER, "dynamodb", ["Decrypt", "Encrypt", "GenerateDataKey", "DescribeKey"]),
        (REAPER, "dynamodb", ["Decrypt", "Encrypt", "ReEncryptFrom", "ReEncryptTo"]),
        (REAPER, "sns", ["Decrypt", "GenerateDataKey"]),
    ],
)
def test_who_needs_it_may_use_it_through_that_service(
    synthesized: Synthesized, user: str, service: str, actions: list[str]
) -> None:
    allowed = statements(synthesized, user)
    for action in actions:
        assert is_allowed(allowed, through(service, action))
        assert not is_allowed(allowed, through(service, action, key=ANOTHER_KEY))
        assert not is_allowed(allowed, through(service, action, region="us-east-1"))
        assert not is_allowed(allowed, Call(f"kms:{action}", KMS_KEY))  # by itself


@pytest.mark.parametrize(
    ("user", "service", "action"),
    [
        ("task", "s3", "GenerateDataKey"),
        ("task", "dynamodb", "Decrypt"),
        ("agent", "s3", "Decrypt"),
        (VALIDATOR, "s3", "Decrypt"),
        (VALIDATOR, "secretsmanager", "GenerateDataKey"),
        (PROVIDER, "sns", "GenerateDataKey"),
        (REAPER, "s3", "Decrypt"),
        (GUARD, "s3", "Decrypt"),
        *((user, "dynamodb", "CreateGrant") for user in (PROVIDER, REAPER)),
        *((user, "s3", "PutKeyPolicy") for user in ("task", PROVIDER, REAPER)),
        *((user, "s3", "ScheduleKeyDeletion") for user in ("task", PROVIDER, REAPER)),
    ],
)
def test_who_does_not_need_it_may_not(
    synthesized: Synthesized, user: str, service: str, action: str
) -> None:
    assert not is_allowed(statements(synthesized, user), through(service, action))


@pytest.fixture(scope="module")
def key_policy() -> list[dict[str, Any]]:
    """The policy that users paste, with the account and project of these tests."""
    (text,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    policy: dict[str, Any] = json.loads(text)
    return list(policy["Statement"])


def of(policy: list[dict[str, Any]], **principal: str) -> list[dict[str, Any]]:
    return [statement for statement in policy if statement["Principal"] == principal]


def test_the_key_policy_lets_iam_decide(key_policy: list[dict[str, Any]]) -> None:
    """Without it, no role's own policy would count (KMS developer guide, "Default key policy")."""
    own = of(key_policy, AWS=f"arn:aws:iam::{ACCOUNT}:root")
    assert is_allowed(own, through("s3", "Decrypt"))


def test_alarms_may_publish_to_the_encrypted_topic(
    synthesized: Synthesized, key_policy: list[dict[str, Any]]
) -> None:
    topic = {"Ref": synthesized.logical_id(CLEANUP, "AWS::SNS::Topic")}
    alarms = synthesized.all_of(CLEANUP, "AWS::CloudWatch::Alarm")
    assert any(topic in alarm["Properties"]["AlarmActions"] for alarm in alarms)
    alarm_service = of(key_policy, Service="cloudwatch.amazonaws.com")
    for action in ("Decrypt", "GenerateDataKey"):
        assert is_allowed(alarm_service, Call(f"kms:{action}", KMS_KEY))
    assert not is_allowed(alarm_service, Call("kms:CreateGrant", KMS_KEY))


def test_fargate_may_use_it_for_our_cluster_alone(
    synthesized: Synthesized, key_policy: list[dict[str, Any]]
) -> None:
    cluster = synthesized.properties("network-domain-key", "AWS::ECS::Cluster")["ClusterName"]
    fargate = of(key_policy, Service="fargate.amazonaws.com")
    for action in ("GenerateDataKeyWithoutPlaintext", "CreateGrant"):
        for name, is_right in ((cluster, True), ("another", False)):
            context = {
                "kms:EncryptionContext:aws:ecs:clusterAccount": ACCOUNT,
                "kms:EncryptionContext:aws:ecs:clusterName": name,
            }
            assert is_allowed(fargate, Call(f"kms:{action}", KMS_KEY, context)) is is_right
    encrypting = {**context, "kms:GrantOperations": "Encrypt"}
    assert not is_allowed(fargate, Call("kms:CreateGrant", KMS_KEY, encrypting))


def test_every_log_group_of_ours_may_be_encrypted_with_it(
    synthesized: Synthesized, key_policy: list[dict[str, Any]]
) -> None:
    logs = of(key_policy, Service=f"logs.{REGION}.amazonaws.com")
    names = {
        resolved(group["Properties"]["LogGroupName"])
        for stack in synthesized.stacks()
        for group in synthesized.all_of(stack, "AWS::Logs::LogGroup")
    }
    assert names
    for name in names | {"/aws/lambda/somebody"}:
        arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{name}"
        call = Call("kms:GenerateDataKey", KMS_KEY, {"kms:EncryptionContext:aws:logs:arn": arn})
        assert is_allowed(logs, call) is (name in names), name
