"""Which environment a stack is, told by its id alone."""

import re
from dataclasses import dataclass

from ttl_cleanup.failure import RefusedError

STACK_ID = re.compile(
    r"arn:[a-z-]+:cloudformation:(?P<region>[a-z0-9-]+):(?P<account>[0-9]{12}):"
    r"stack/(?P<name>[A-Za-z0-9-]+)/"
    r"(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
)
BUCKET_ID_LENGTH = 13  # the first two groups of the stack id's UUID


@dataclass(frozen=True)
class EnvironmentStack:
    """One generation of an environment: its stack's id, and the only bucket that is its own."""

    stack_id: str
    stack_name: str
    environment: str
    bucket: str


def name_prefix(project: str) -> str:
    """Return what the names of all of a project's environment stacks begin with."""
    return f"mockenv-{project}-env-"


def environment_stack(stack_id: str, project: str) -> EnvironmentStack:
    """Read a stack's id, which comes from CloudFormation and not from the template.

    Raises RefusedError unless the stack is named as an environment of this project.
    """
    match = STACK_ID.fullmatch(stack_id)
    prefix = name_prefix(project)
    if match is None or not match["name"].startswith(prefix) or match["name"] == prefix:
        raise RefusedError(
            f"only stacks named {prefix}<environment> can register environments of {project}"
        )
    environment = match["name"].removeprefix(prefix)
    bucket = f"mockenv-{project}-{environment}-{match['uuid'][:BUCKET_ID_LENGTH]}"
    return EnvironmentStack(stack_id, match["name"], environment, bucket)
