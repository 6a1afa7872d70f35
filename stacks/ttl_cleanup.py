"""The shared TTL cleanup stack: who is registered, and who is told."""

from aws_cdk import Stack
from constructs import Construct

from mock_constructs.notifications import Notifications
from mock_constructs.published_ids import TtlCleanupId
from mock_constructs.publishing import publish
from mock_constructs.registration_provider import RegistrationProvider
from mock_constructs.registry import Registry
from mock_constructs.stack_tags import shared_stack_tags
from mockenv import names
from mockenv.lambda_package import LambdaPackage


class TtlCleanupStack(Stack):
    """Registry, notifications, and the provider of every environment's registration."""

    def __init__(
        self, scope: Construct, construct_id: str, *, project: str, ttl_cleanup: LambdaPackage
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=names.ttl_cleanup_stack(project),
            description=f"Registry and cleanup of the mock environments of {project}",
            tags=shared_stack_tags(project),
        )
        registry = Registry(self, "Registry")
        notifications = Notifications(self, "Notifications")
        RegistrationProvider(
            self,
            "RegistrationProvider",
            project=project,
            package=ttl_cleanup,
            registry=registry.table,
        )
        publish(
            self,
            project=project,
            values={
                TtlCleanupId.REGISTRY: registry.table.table_name,
                TtlCleanupId.NOTIFICATIONS: notifications.topic.topic_arn,
            },
        )
