"""The logs of all environments: with one of its own, an environment would lose it in a rollback."""

from aws_cdk import aws_logs as logs
from constructs import Construct

from mock_constructs.written_log import owned_log_group
from mockenv import log_names
from mockenv.log_queries import Log


class SharedLogs(Construct):
    """Log groups of all tasks, gateways and token validators of a project.

    Their names are fixed, so environments need not be told. Lines of an environment that is gone
    stay until `retention_days` are over.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        retention_days: int,
        kms_key: str | None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.tasks, self.gateway, self.token_validators = (
            owned_log_group(self, part, name=name, retention_days=retention_days, kms_key=kms_key)
            for part, name in (
                ("Tasks", log_names.tasks_log(project)),
                ("Gateway", log_names.gateway_log(project)),
                ("TokenValidators", log_names.token_validators_log(project)),
            )
        )

    def by_kind(self) -> dict[Log, logs.LogGroup]:
        """Return the groups by what asks them."""
        return {
            Log.TASKS: self.tasks,
            Log.GATEWAY: self.gateway,
            Log.TOKEN_VALIDATORS: self.token_validators,
        }
