"""Names of container images, read as Docker reads them: pure, no CDK.

Source: distribution/reference, "Grammar" and its normalization: without a host an image is Docker
Hub's, and there a single name is an official image, below `library/`.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

DOCKER_HUB = "docker.io"
OFFICIAL_IMAGES = "library"
TAG_AND_DIGEST = re.compile(r"(?P<name>.+):[^:/@]+(?P<digest>@sha256:[0-9a-f]{64})")
PRIVATE_ECR = re.compile(
    r"(?P<account>[0-9]{12})\.dkr"
    r"(\.ecr(-fips)?\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?"
    r"|-ecr(-fips)?\.(?P<dual_stack_region>[a-z0-9-]+)\.on\.(aws|amazonwebservices\.com\.cn))"
)


class EcrRepository(NamedTuple):
    """A repository of a private registry on AWS."""

    account: str
    region: str
    name: str


def with_registry_replaced(image: str, registries: Mapping[str, str]) -> str:
    """Put a registry's stand-in (a host and perhaps a path) in its place, once.

    An image of a registry that nothing stands in for stays as it is written.
    """
    host, path = split_host(image)
    return f"{registries[host]}/{path}" if host in registries else image


def split_host(image: str) -> tuple[str, str]:
    """Return an image's registry, and what follows it, with tag and digest."""
    first, _, rest = image.partition("/")
    if rest and ({".", ":"} & set(first) or first == "localhost"):
        return first, rest
    return DOCKER_HUB, image if rest else f"{OFFICIAL_IMAGES}/{image}"


def digest_alone(image: str) -> str:
    """Leave the tag out where there is a digest too.

    ECS documents `name:tag` and `name@digest`, not both (ECS API, ContainerDefinition). The digest
    decides; the tag beside it is for people.
    """
    both = TAG_AND_DIGEST.fullmatch(image)
    return f"{both['name']}{both['digest']}" if both else image


def ecr_repository(image: str) -> EcrRepository | None:
    """Return the repository of an image in a private registry on AWS; None for other images."""
    host, path = split_host(image)
    registry = PRIVATE_ECR.fullmatch(host)
    if registry is None:
        return None
    region = registry["region"] or registry["dual_stack_region"]
    return EcrRepository(registry["account"], region, re.split("[:@]", path, maxsplit=1)[0])
