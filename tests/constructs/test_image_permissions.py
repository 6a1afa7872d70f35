"""What a task's agent may do to pull its images, as synthesized: and above all what not."""

import pytest

from iam_evaluator import ACCOUNT, REGION, Call, is_allowed, statements_of_task
from synthesized import Synthesized

AGENT = "ExecutionRoleArn"


def repository(name: str, account: str = ACCOUNT, region: str = REGION) -> str:
    return f"arn:aws:ecr:{region}:{account}:repository/{name}"


CACHED = repository("docker-hub/mockserver/mockserver")
OWN = repository("mirror/docker/library/node")


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("GetAuthorizationToken", "*"),
        *(
            (action, name)
            for name in (CACHED, OWN)
            for action in ("BatchGetImage", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer")
        ),
        ("CreateRepository", CACHED),
        ("BatchImportUpstreamImage", CACHED),
    ],
)
def test_the_agent_may(synthesized: Synthesized, action: str, resource: str) -> None:
    statements = statements_of_task(synthesized, "pr-512", AGENT)
    assert is_allowed(statements, Call(f"ecr:{action}", resource))


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("BatchGetImage", repository("payroll")),
        ("BatchGetImage", repository("docker-hub/mockserver/mockserver2")),
        ("BatchGetImage", repository("docker-hub/mockserver/mockserver", account="210987654321")),
        ("BatchGetImage", repository("docker-hub/mockserver/mockserver", region="us-east-1")),
        ("CreateRepository", repository("docker-hub/another")),
        ("CreateRepository", OWN),
        ("BatchImportUpstreamImage", OWN),
        ("PutImage", CACHED),
        ("InitiateLayerUpload", CACHED),
        ("BatchDeleteImage", CACHED),
        ("DeleteRepository", CACHED),
        ("SetRepositoryPolicy", CACHED),
        ("CreatePullThroughCacheRule", "*"),
    ],
)
def test_the_agent_may_not(synthesized: Synthesized, action: str, resource: str) -> None:
    statements = statements_of_task(synthesized, "pr-512", AGENT)
    assert not is_allowed(statements, Call(f"ecr:{action}", resource))


def test_nobody_is_told_to_add_what_is_there(synthesized: Synthesized) -> None:
    assert "ecrImageRequiresPolicy" not in synthesized.metadata("pr-512")


def test_the_task_itself_pulls_nothing(synthesized: Synthesized) -> None:
    statements = statements_of_task(synthesized, "pr-512")
    assert not is_allowed(statements, Call("ecr:GetAuthorizationToken", "*"))
    assert not is_allowed(statements, Call("ecr:BatchGetImage", CACHED))


@pytest.mark.parametrize("stack", ["pr-123", "pr-7", "load"])
def test_public_images_need_no_permission(synthesized: Synthesized, stack: str) -> None:
    actions = str([s["Action"] for s in statements_of_task(synthesized, stack, AGENT)])
    assert "ecr:" not in actions
