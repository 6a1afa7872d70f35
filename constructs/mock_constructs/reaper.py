"""The function that deletes environments whose time is over, and what calls it."""

from typing import Any

from aws_cdk import Aws, CfnResource, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_sns as sns
from constructs import Construct

from mock_constructs.acknowledged import acknowledge_wildcards
from mock_constructs.encryption_key import KEEP_TABLE, WRITE, key_permissions
from mock_constructs.python_function import Program, PythonFunction
from mock_constructs.reaper_permissions import reaper_permissions, reaper_wildcards
from mock_constructs.stack_arns import stack_arns
from mock_constructs.written_log import CLEANUP_LOG_DAYS, owned_log
from mockenv import names
from mockenv.lambda_package import LambdaPackage

MINUTES_BETWEEN_RUNS = 5
TIMEOUT_SECONDS = 280  # a run ends before the next begins
MEMORY_MIB = 512
# After these there may be something to do: adopt, warn, note a failure, confirm.
AT_REST = [
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "ROLLBACK_COMPLETE",
    "ROLLBACK_FAILED",
    "DELETE_COMPLETE",
    "DELETE_FAILED",
]


class Reaper(Construct):
    """Runs every five minutes over all environments, and over one when its stack comes to rest.

    It is right whenever it runs, so that events which come twice or late do no harm; a run that
    fails is not repeated, as the next one comes anyway.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        package: LambdaPackage,
        registry: dynamodb.ITable,
        topic: sns.ITopic,
        kms_key: str | None,
    ) -> None:
        super().__init__(scope, construct_id)
        log = owned_log(
            self,
            "Log",
            name=f"/mockenv/{project}/reaper",
            retention_days=CLEANUP_LOG_DAYS,
            kms_key=kms_key,
        )
        self.function = PythonFunction(
            self,
            "Reaper",
            program=Program(
                package, "ttl_cleanup.reaper.handler.handler", TIMEOUT_SECONDS, MEMORY_MIB
            ),
            description=f"Deletes mock environments of {project} whose time is over",
            log=log,
            environment={
                "PROJECT": project,
                "ACCOUNT": Aws.ACCOUNT_ID,
                "REGISTRY_TABLE": registry.table_name,
                "TOPIC": topic.topic_arn,
            },
        )
        qualifier = Stack.of(self).synthesizer.bootstrap_qualifier
        for statement in reaper_permissions(project, str(qualifier), registry, topic):
            self.function.role.add_to_policy(statement)
        for service, actions in (("dynamodb", KEEP_TABLE), ("sns", WRITE)):
            for statement in key_permissions(kms_key, service=service, actions=actions):
                self.function.role.add_to_policy(statement)
        acknowledge_wildcards(self.function.role, reaper_wildcards(project))
        self._never_repeat()
        every = {"ScheduleExpression": f"rate({MINUTES_BETWEEN_RUNS} minutes)"}
        self._call_on("Schedule", every)
        self._call_on("StackChange", {"EventPattern": _at_rest(project)})

    def _never_repeat(self) -> None:
        CfnResource(
            self,
            "Invocation",
            type="AWS::Lambda::EventInvokeConfig",
            properties={
                "FunctionName": self.function.function.ref,
                "Qualifier": "$LATEST",
                "MaximumRetryAttempts": 0,
                "MaximumEventAgeInSeconds": MINUTES_BETWEEN_RUNS * 60,
            },
        )

    def _call_on(self, construct_id: str, when: dict[str, Any]) -> None:
        arn = self.function.function_arn
        target = {"Id": "reaper", "Arn": arn}
        properties = {**when, "State": "ENABLED", "Targets": [target]}
        rule = CfnResource(self, construct_id, type="AWS::Events::Rule", properties=properties)
        CfnResource(
            self,
            f"{construct_id}MayCall",
            type="AWS::Lambda::Permission",
            properties={
                "Action": "lambda:InvokeFunction",
                "FunctionName": arn,
                "Principal": "events.amazonaws.com",
                "SourceArn": rule.get_att("Arn").to_string(),
            },
        )


def _at_rest(project: str) -> dict[str, Any]:
    """Match environments that came to rest (CloudFormation user guide, "Stack Status Change")."""
    prefix = stack_arns(names.environment_stack_prefix(project)).removesuffix("*")
    return {
        "source": ["aws.cloudformation"],
        "detail-type": ["CloudFormation Stack Status Change"],
        "detail": {
            "stack-id": [{"prefix": prefix}],
            "status-details": {"status": AT_REST},
        },
    }
