"""The fixed names: their forms, and the names of everything that is derived from them."""

import re

PROJECT_FORM = re.compile(r"[a-z][a-z0-9]{0,15}")
ENVIRONMENT_FORM = re.compile(r"[a-z][a-z0-9-]{0,19}")
MOCK_FORM = re.compile(r"[a-z][a-z0-9-]{0,30}")
BASE_PATH_FORM = re.compile(r"/|(/[A-Za-z0-9._~-]+)+")
PULL_REQUEST_PREFIX = "pr-"
HIGHEST_PULL_REQUEST = 40_000
NAMED_PRIORITIES = range(40_001, 50_001)

OWN_PATH = "/_mockenv"
HEALTH_PATH = f"{OWN_PATH}/health"
TOKEN_PATH = f"{OWN_PATH}/token"
JWKS_PATH = f"{OWN_PATH}/jwks.json"
DISCOVERY_PATH = f"{OWN_PATH}/.well-known/openid-configuration"
ENVIRONMENT_HEADER = "x-mock-environment"
ROUTE_HEADER = "x-mock-route"
LOCAL_ENVIRONMENT = "local"
LOCAL_ISSUER = "https://local.mockenv"
LOCAL_AUDIENCE = "mockenv-local"
MOCK_HOST_PORT = 8080
MOST_TARGET_GROUPS = 100  # of one load balancer: a quota that AWS does not raise
FIRST_SIDECAR_PORT = 9100
# Beyond it MockServer drops the oldest: two files' worth, as one takes the place of the other.
MOST_EXPECTATIONS_AT_ONCE = 15_000

TAG_PROJECT = "mockenv:project"
TAG_ENVIRONMENT = "mockenv:environment"
TAG_TTL = "mockenv:ttl"
TAG_OWNER = "mockenv:owner"


def pull_request_number(environment: str) -> int | None:
    """Return 123 for `pr-123`, None for a named environment.

    Raises ValueError, with what would be right, for a `pr-…` that is not `pr-1` to `pr-40000`.
    """
    if not environment.startswith(PULL_REQUEST_PREFIX):
        return None
    digits = environment.removeprefix(PULL_REQUEST_PREFIX)
    if not re.fullmatch(r"[1-9][0-9]{0,4}", digits) or int(digits) > HIGHEST_PULL_REQUEST:
        raise ValueError(
            f"pull request environments are pr-1 to pr-{HIGHEST_PULL_REQUEST}, "
            "without leading zeros"
        )
    return int(digits)


def check_environment_name(name: str) -> str:
    """Return the name as it is; raises ValueError, with what would be right, if it has no form."""
    pull_request_number(name)
    if not ENVIRONMENT_FORM.fullmatch(name) or name.endswith("-"):
        raise ValueError(
            "an environment's name is 1 to 20 lower-case letters, digits and hyphens; it starts "
            "with a letter and ends with a letter or digit"
        )
    return name


def network_stack(project: str) -> str:
    """Name the shared stack that holds what is slow to create."""
    return f"mockenv-{project}-network"


def cluster(project: str) -> str:
    """Name the ECS cluster that environments share."""
    return f"mockenv-{project}"


def ttl_cleanup_stack(project: str) -> str:
    """Name the shared stack that holds the registry and what deletes environments."""
    return f"mockenv-{project}-ttl-cleanup"


def environment_stack(project: str, environment: str) -> str:
    """Name the stack of one environment."""
    return f"mockenv-{project}-env-{environment}"


def network_parameter(project: str, name: str) -> str:
    """Name the SSM parameter under which the network stack publishes an id."""
    return f"/mockenv/{project}/network/{name}"


def ttl_cleanup_parameter(project: str, name: str) -> str:
    """Name the SSM parameter under which the TTL cleanup stack publishes an id."""
    return f"/mockenv/{project}/ttl-cleanup/{name}"


def registration_function(project: str) -> str:
    """Name the custom-resource provider; fixed, as CloudFormation can't change a service token."""
    return f"mockenv-{project}-registration"


def environment_stack_prefix(project: str) -> str:
    """Return what the names of all of a project's environment stacks begin with."""
    return environment_stack(project, "")
