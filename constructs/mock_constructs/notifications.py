"""The topic that tells people of expiring environments and of alarms."""

from collections.abc import Sequence

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from constructs import Construct

from mock_constructs.acknowledged import acknowledge

ACKNOWLEDGED = {
    "CKV_AWS_26": "Alarms can't publish to a topic that is encrypted with AWS's own key, and "
    "messages end as plain e-mail; they name environments and times, and no secret",
}


class Notifications(Construct):
    """A topic that takes messages over TLS only, from this account's alarms and roles, and passes
    them on by e-mail. Each address gets a message first that asks whether it wants them.

    Encrypted with the project's key if it has one, and never with AWS's own for SNS: CloudWatch
    alarms can't publish to such a topic (SNS developer guide, "Key management", services that need
    a customer managed key).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        addresses: Sequence[str],
        kms_key: str | None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.topic = sns.Topic(self, "Topic", enforce_ssl=True)
        if kms_key is not None:
            self._encrypt_with(kms_key)
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AlarmsOfThisAccount",
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
        acknowledge(self.topic, ACKNOWLEDGED)
        for number, address in enumerate(addresses):
            sns.CfnSubscription(
                self,
                f"Mail{number}",
                topic_arn=self.topic.topic_arn,
                protocol="email",
                endpoint=address,
            )

    def _encrypt_with(self, kms_key: str) -> None:
        resource = self.topic.node.default_child
        assert isinstance(resource, sns.CfnTopic)  # noqa: S101 (tells the type checker)
        resource.kms_master_key_id = kms_key
