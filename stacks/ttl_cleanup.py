"""The shared TTL cleanup stack: who is registered, what deletes them, who is told."""

from collections.abc import Sequence

from aws_cdk import Stack
from constructs import Construct

from mock_constructs.environment_guard import EnvironmentGuard
from mock_constructs.notifications import Notifications
from mock_constructs.published_ids import TtlCleanupId
from mock_constructs.publishing import publish
from mock_constructs.reaper import Reaper
from mock_constructs.reaper_alarms import ReaperAlarms
from mock_constructs.registration_provider import RegistrationProvider
from mock_constructs.registry import Registry
from mock_constructs.stack_tags import shared_stack_tags
from mockenv import names
from mockenv.lambda_package import LambdaPackage


class TtlCleanupStack(Stack):
    """Registry, notifications, the provider of every environment's registration, the reaper.

    `notified` are the e-mail addresses of those who are told, `kms_key` is the ARN of a key that
    encrypts the logs.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        ttl_cleanup: LambdaPackage,
        notified: Sequence[str],
        kms_key: str | None = None,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=names.ttl_cleanup_stack(project),
            description=f"Registry and cleanup of the mock environments of {project}",
            tags=shared_stack_tags(project),
        )
        registry = Registry(self, "Registry", kms_key=kms_key)
        notifications = Notifications(self, "Notifications", addresses=notified, kms_key=kms_key)
        provider = RegistrationProvider(
            self,
            "RegistrationProvider",
            project=project,
            package=ttl_cleanup,
            registry=registry.table,
            kms_key=kms_key,
        )
        reaper = Reaper(
            self,
            "Reaper",
            project=project,
            package=ttl_cleanup,
            registry=registry.table,
            topic=notifications.topic,
            kms_key=kms_key,
        )
        alarms = ReaperAlarms(
            self, "Alarms", project=project, reaper=reaper.function, topic=notifications.topic
        )
        published = publish(
            self,
            project=project,
            values={
                TtlCleanupId.REGISTRY: registry.table.table_name,
                TtlCleanupId.NOTIFICATIONS: notifications.topic.topic_arn,
                TtlCleanupId.REAPER: reaper.function.function.ref,
            },
        )
        EnvironmentGuard(
            self,
            "Guard",
            project=project,
            package=ttl_cleanup,
            kms_key=kms_key,
            guarded=[registry, notifications, provider, reaper, alarms, *published],
        )
