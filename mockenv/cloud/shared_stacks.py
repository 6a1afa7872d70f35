"""What the shared stacks publish, as commands look it up."""

from typing import Any, Protocol

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv import names
from mockenv.errors import MockenvError
from ttl_cleanup.registry.table import RegistryTable

REGISTRY_TABLE = "registry-table-name"


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
    name = names.ttl_cleanup_parameter(project, REGISTRY_TABLE)
    try:
        answer = clients.ssm.get_parameter(Name=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterNotFound":
            raise
        raise no_shared_stacks(project) from error
    return RegistryTable(clients.dynamodb, answer["Parameter"]["Value"])


def no_shared_stacks(project: str) -> MockenvError:
    """Say that nothing is deployed on which environments stand."""
    return MockenvError(
        f"the shared stacks of {project} are not in this account and region",
        next_step="choose --profile, --region; or deploy them: cdk deploy --all",
    )
