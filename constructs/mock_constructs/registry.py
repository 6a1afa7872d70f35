"""The registry: one record per environment, by which it is known how long it lives."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from mock_constructs.acknowledged import acknowledge

KEY = "environment"
ACKNOWLEDGED = {
    "CKV_AWS_119": "DynamoDB encrypts it with its own key; it holds names, times and owners of "
    "environments, which the stacks' tags show as well",
}


class Registry(Construct):
    """A table that goes with its stack: environments without a record are adopted by their tags,
    so losing it loses no environment, and keeping it would leave something behind.

    DynamoDB's own key encrypts it, or the project's.
    """

    def __init__(self, scope: Construct, construct_id: str, *, kms_key: str | None) -> None:
        super().__init__(scope, construct_id)
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name=KEY, type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.DEFAULT,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            removal_policy=RemovalPolicy.DESTROY,
        )
        acknowledge(self.table, ACKNOWLEDGED)
        if kms_key is not None:
            self._encrypt_with(kms_key)

    def _encrypt_with(self, kms_key: str) -> None:
        """Name the key as it is: as a construct it would cost a synth CDK's KMS library."""
        resource = self.table.node.default_child
        assert isinstance(resource, dynamodb.CfnTable)  # noqa: S101 (tells the type checker)
        resource.sse_specification = dynamodb.CfnTable.SSESpecificationProperty(
            sse_enabled=True, sse_type="KMS", kms_master_key_id=kms_key
        )
