"""What the shared stacks publish, as commands look it up."""

from typing import Any, Protocol

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv import names
from mockenv.errors import MockenvError
from ttl_cleanup.registry.table import RegistryTable

REGISTRY_TABLE = "registry-table-name"
REAPER_FUNCTION = "reaper-function-name"


class RegistryClients(Protocol):
    """The boto3 clients by which the registry is found and read."""

    @property
    def ssm(self) -> Any:
        """A client of the parameter store."""

    @property
    def dynamodb(self) -> Any:
        """A DynamoDB client."""


def open_registry(clients: RegistryClients, project: str) -> RegistryTable:
    """Find a project's registry; raises MockenvError if the shared stacks are not deployed here."""
    return RegistryTable(clients.dynamodb, published_value(clients.ssm, project, REGISTRY_TABLE))


def published_value(ssm: Any, project: str, name: str) -> str:
    """Read what the TTL cleanup stack publishes under a name; `ssm` is a boto3 client.

    Raises MockenvError if that stack is not deployed here.
    """
    try:
        answer = ssm.get_parameter(Name=names.ttl_cleanup_parameter(project, name))
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterNotFound":
            raise
        raise no_shared_stacks(project) from error
    return str(answer["Parameter"]["Value"])


def no_shared_stacks(project: str) -> MockenvError:
    """Say that nothing is deployed on which environments stand."""
    return MockenvError(
        f"the shared stacks of {project} are not in this account and region",
        next_step="choose --profile, --region; or deploy them (again): cdk deploy --all",
    )
