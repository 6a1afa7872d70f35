"""What a task's agent may do to pull images from private registries on AWS, where it needs to."""

from collections.abc import Iterable

from aws_cdk import Aws
from aws_cdk import aws_iam as iam

from mock_constructs.image_names import EcrRepository, ecr_repository
from mock_constructs.images import TaskImage

PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
# The first pull through a cache makes the repository and fills it (ECR user guide, "IAM
# permissions required to sync an upstream registry with an Amazon ECR private registry").
FILL = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"]
WILDCARDS = {
    "*": "ecr:GetAuthorizationToken knows no resource to be narrowed to; what the token opens is "
    "in the other statements",
}


def pull_permissions(images: Iterable[TaskImage]) -> list[iam.PolicyStatement]:
    """Return statements for exactly the repositories of these images; none for public images."""
    private = [(image, found) for image in images if (found := ecr_repository(image.name))]
    if not private:
        return []
    caches = [_arn(repository) for image, repository in private if image.is_replaced]
    return [
        _allow("LogInToRegistries", ["ecr:GetAuthorizationToken"], ["*"]),
        _allow("PullImages", PULL, [_arn(repository) for _, repository in private]),
        *([_allow("FillCaches", FILL, caches)] if caches else []),
    ]


def _allow(sid: str, actions: list[str], resources: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(sid=sid, actions=actions, resources=resources)


def _arn(repository: EcrRepository) -> str:
    account, region, name = repository
    return f"arn:{Aws.PARTITION}:ecr:{region}:{account}:repository/{name}"
