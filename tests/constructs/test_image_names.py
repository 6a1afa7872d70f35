import pytest

from mock_constructs.image_names import (
    EcrRepository,
    digest_alone,
    ecr_repository,
    split_host,
    with_registry_replaced,
)

DIGEST = "@sha256:" + "0123456789abcdef" * 4
CACHE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
REGISTRIES = {"public.ecr.aws": f"{CACHE}/ecr-public", "docker.io": f"{CACHE}/docker-hub"}


@pytest.mark.parametrize(
    ("image", "host", "path"),
    [
        ("node:24.19.0", "docker.io", "library/node:24.19.0"),
        (f"node{DIGEST}", "docker.io", f"library/node{DIGEST}"),
        ("mockserver/mockserver:8.0.0", "docker.io", "mockserver/mockserver:8.0.0"),
        ("docker.io/library/node:24", "docker.io", "library/node:24"),
        ("public.ecr.aws/docker/library/node:24", "public.ecr.aws", "docker/library/node:24"),
        ("registry.example.com:5000/node:24", "registry.example.com:5000", "node:24"),
        ("localhost/node:24", "localhost", "node:24"),
        ("tools:5000/node:24", "tools:5000", "node:24"),
    ],
)
def test_a_registry_is_found_as_docker_finds_it(image: str, host: str, path: str) -> None:
    assert split_host(image) == (host, path)


@pytest.mark.parametrize(
    ("image", "pulled"),
    [
        ("node:24.19.0", f"{CACHE}/docker-hub/library/node:24.19.0"),
        ("mockserver/mockserver:8.0.0", f"{CACHE}/docker-hub/mockserver/mockserver:8.0.0"),
        (f"docker.io/library/node{DIGEST}", f"{CACHE}/docker-hub/library/node{DIGEST}"),
        ("public.ecr.aws/docker/library/node:24", f"{CACHE}/ecr-public/docker/library/node:24"),
        ("ghcr.io/somebody/node:24.19.0", "ghcr.io/somebody/node:24.19.0"),
        (f"{CACHE}/docker-hub/node:24", f"{CACHE}/docker-hub/node:24"),
    ],
)
def test_a_stand_in_takes_the_place_of_its_registry_alone(image: str, pulled: str) -> None:
    assert with_registry_replaced(image, REGISTRIES) == pulled


def test_a_stand_in_is_not_replaced_again() -> None:
    registries = {"docker.io": "public.ecr.aws/docker", **{"public.ecr.aws": CACHE}}
    assert with_registry_replaced("node:24", registries) == "public.ecr.aws/docker/library/node:24"


@pytest.mark.parametrize(
    ("image", "told"),
    [
        (f"node:24.19.0{DIGEST}", f"node{DIGEST}"),
        (f"registry.example.com:5000/node:24{DIGEST}", f"registry.example.com:5000/node{DIGEST}"),
        (f"registry.example.com:5000/node{DIGEST}", f"registry.example.com:5000/node{DIGEST}"),
        ("registry.example.com:5000/node:24", "registry.example.com:5000/node:24"),
    ],
)
def test_ecs_is_told_a_tag_or_a_digest(image: str, told: str) -> None:
    assert digest_alone(image) == told


@pytest.mark.parametrize(
    ("image", "repository"),
    [
        (
            f"{CACHE}/ecr-public/docker/library/node:24",
            EcrRepository("123456789012", "eu-central-1", "ecr-public/docker/library/node"),
        ),
        (f"{CACHE}/node{DIGEST}", EcrRepository("123456789012", "eu-central-1", "node")),
        (
            "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/node:24",
            EcrRepository("123456789012", "us-gov-west-1", "node"),
        ),
        (
            "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/node:24",
            EcrRepository("123456789012", "cn-north-1", "node"),
        ),
        (
            "123456789012.dkr-ecr.eu-central-1.on.aws/node:24",
            EcrRepository("123456789012", "eu-central-1", "node"),
        ),
        ("public.ecr.aws/docker/library/node:24", None),
        ("mockserver/mockserver:8.0.0", None),
        ("12345.dkr.ecr.eu-central-1.amazonaws.com/node:24", None),
        ("123456789012.dkr.ecr.eu-central-1.amazonaws.com.example.com/node:24", None),
    ],
)
def test_private_repositories_are_known_by_their_host(
    image: str, repository: EcrRepository | None
) -> None:
    assert ecr_repository(image) == repository
