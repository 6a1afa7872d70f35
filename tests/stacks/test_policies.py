"""The roles of the TTL cleanup as synthesized: what they may do, and above all what not."""

from typing import Any

import pytest

from iam_evaluator import ACCOUNT, REGION, Call, is_allowed, statements_of
from synthesized import Synthesized

REAPER = "ttl_cleanup.reaper.handler.handler"
PROVIDER = "ttl_cleanup.registration.handler.handler"
GUARD = "ttl_cleanup.guard.handler.handler"
OURS = {"aws:ResourceTag/mockenv:project": "payments"}
OWN_ACCOUNT = {"aws:ResourceAccount": ACCOUNT}
TO_CLOUDFORMATION = {"iam:PassedToService": "cloudformation.amazonaws.com"}
DEPLOY_ROLE = f"arn:aws:iam::{ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-{ACCOUNT}-{REGION}"
BUCKET = "arn:aws:s3:::mockenv-payments-pr-1-466df9e0-0dff"
FOREIGN_BUCKET = "arn:aws:s3:::mockenv-billing-pr-1-466df9e0-0dff"


def stack(name: str, region: str = REGION, account: str = ACCOUNT) -> str:
    return f"arn:aws:cloudformation:{region}:{account}:stack/{name}/466df9e0-0dff-08e3"


def service(region: str = REGION) -> str:
    return f"arn:aws:ecs:{region}:{ACCOUNT}:service/cluster/mocks"


ENVIRONMENT = stack("mockenv-payments-env-pr-1")
TABLE = {"GetItem": True, "PutItem": True, "Scan": True, "DeleteItem": True, "DeleteTable": False}


@pytest.fixture(scope="module")
def reaper(synthesized: Synthesized) -> list[dict[str, Any]]:
    return statements_of(synthesized, "ttl-cleanup", REAPER)


@pytest.mark.parametrize(
    ("action", "resource", "keys"),
    [
        ("cloudformation:DescribeStacks", stack("*").removesuffix("466df9e0-0dff-08e3") + "*", {}),
        ("cloudformation:ListStacks", f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/*/*", {}),
        ("cloudformation:DescribeStacks", ENVIRONMENT, {}),
        ("cloudformation:DeleteStack", ENVIRONMENT, OURS),
        ("cloudformation:ListStackResources", ENVIRONMENT, {}),
        ("iam:PassRole", DEPLOY_ROLE, TO_CLOUDFORMATION),
        ("ecs:UpdateService", service(), OURS),
        ("s3:ListBucketVersions", BUCKET, OWN_ACCOUNT),
        ("s3:DeleteObjectVersion", f"{BUCKET}/versions/1/core.yaml", OWN_ACCOUNT),
        ("tag:GetResources", "*", {}),
    ],
)
def test_the_reaper_may(
    reaper: list[dict[str, Any]], action: str, resource: str, keys: dict[str, str]
) -> None:
    assert is_allowed(reaper, Call(action, resource, keys))


@pytest.mark.parametrize(
    ("action", "resource", "keys"),
    [
        ("cloudformation:DeleteStack", ENVIRONMENT, {}),
        ("cloudformation:DeleteStack", ENVIRONMENT, {"aws:ResourceTag/mockenv:project": "billing"}),
        ("cloudformation:DeleteStack", stack("mockenv-payments-network"), OURS),
        ("cloudformation:DeleteStack", stack("mockenv-payments-ttl-cleanup"), OURS),
        ("cloudformation:DeleteStack", stack("mockenv-billing-env-pr-1"), OURS),
        ("cloudformation:DeleteStack", stack("production"), OURS),
        ("cloudformation:DeleteStack", stack("mockenv-payments-env-pr-1", "us-east-1"), OURS),
        (
            "cloudformation:DeleteStack",
            stack("mockenv-payments-env-pr-1", account="210987654321"),
            OURS,
        ),
        ("cloudformation:UpdateTerminationProtection", ENVIRONMENT, OURS),
        ("cloudformation:UpdateStack", ENVIRONMENT, OURS),
        ("cloudformation:CreateStack", ENVIRONMENT, OURS),
        ("cloudformation:CreateChangeSet", ENVIRONMENT, OURS),
        ("cloudformation:SetStackPolicy", ENVIRONMENT, OURS),
        ("cloudformation:TagResource", ENVIRONMENT, OURS),
        ("iam:PassRole", DEPLOY_ROLE, {"iam:PassedToService": "lambda.amazonaws.com"}),
        ("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/admin", TO_CLOUDFORMATION),
        ("iam:PutRolePolicy", DEPLOY_ROLE, OURS),
        ("iam:AttachRolePolicy", DEPLOY_ROLE, OURS),
        ("iam:DeleteRole", DEPLOY_ROLE, OURS),
        ("sts:AssumeRole", DEPLOY_ROLE, OURS),
        ("ecs:UpdateService", service(), {}),
        ("ecs:DeleteService", service(), OURS),
        ("s3:DeleteObjectVersion", f"{FOREIGN_BUCKET}/key", OWN_ACCOUNT),
        (
            "s3:DeleteObjectVersion",
            f"{BUCKET}/key",
            {"aws:ResourceAccount": "210987654321"},
        ),
        ("s3:DeleteBucket", BUCKET, OWN_ACCOUNT),
        ("s3:GetObject", f"{BUCKET}/key", OWN_ACCOUNT),
        ("tag:TagResources", "*", {}),
        ("logs:CreateLogGroup", "*", {}),
        ("lambda:UpdateFunctionCode", "*", {}),
    ],
)
def test_the_reaper_may_not(
    reaper: list[dict[str, Any]], action: str, resource: str, keys: dict[str, str]
) -> None:
    assert not is_allowed(reaper, Call(action, resource, keys))


@pytest.mark.parametrize(("action", "is_right"), TABLE.items())
def test_the_reaper_keeps_records_and_not_the_table(
    synthesized: Synthesized, reaper: list[dict[str, Any]], action: str, is_right: bool
) -> None:
    table = f"{synthesized.logical_id('ttl-cleanup', 'AWS::DynamoDB::Table')}.Arn"
    assert is_allowed(reaper, Call(f"dynamodb:{action}", table)) is is_right
    assert not is_allowed(reaper, Call(f"dynamodb:{action}", "another.Arn"))


def test_the_reaper_tells_the_topic_alone(
    synthesized: Synthesized, reaper: list[dict[str, Any]]
) -> None:
    topic = synthesized.logical_id("ttl-cleanup", "AWS::SNS::Topic")
    assert is_allowed(reaper, Call("sns:Publish", topic))
    assert not is_allowed(reaper, Call("sns:Publish", "another"))
    assert not is_allowed(reaper, Call("sns:Subscribe", topic))


@pytest.mark.parametrize(
    ("action", "resource", "is_right"),
    [
        ("cloudformation:DescribeStacks", ENVIRONMENT, True),
        ("cloudformation:DescribeStacks", stack("production"), False),
        ("cloudformation:DeleteStack", ENVIRONMENT, False),
        ("iam:PassRole", DEPLOY_ROLE, False),
    ],
)
def test_the_provider_only_looks_at_environments(
    synthesized: Synthesized, action: str, resource: str, is_right: bool
) -> None:
    statements = statements_of(synthesized, "ttl-cleanup", PROVIDER)
    assert is_allowed(statements, Call(action, resource, OURS)) is is_right


def test_the_guard_only_looks(synthesized: Synthesized) -> None:
    statements = statements_of(synthesized, "ttl-cleanup", GUARD)
    actions = {action for s in statements for action in _listed(s["Action"])}
    assert actions == {
        "cloudformation:DescribeStacks",
        "cloudformation:ListStacks",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    }


def _listed(actions: str | list[str]) -> list[str]:
    return [actions] if isinstance(actions, str) else actions
