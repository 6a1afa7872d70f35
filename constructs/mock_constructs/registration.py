"""The deploy's own entry in the registry, which also fills and empties the config bucket."""

from aws_cdk import Aws, CustomResource, Duration
from constructs import Construct

from mock_constructs.artifacts import EnvironmentArtifacts
from mock_constructs.config_bucket import ConfigBucket
from mock_constructs.uploaded_file import uploaded
from mockenv import names
from mockenv.settings.resolve import EnvironmentSettings

SERVICE_TIMEOUT_SECONDS = 420  # above the provider's own 360, so that its answer comes first


class Registration(Construct):
    """A custom resource of the provider in the TTL cleanup stack.

    CloudFormation calls it when one of these properties changes, and not otherwise. All values
    reach it as text; what an environment has not (an end, an owner) is left out. No absolute time
    is among them: a synth of the same input gives the same template. The key is among them so that
    another one has the files written anew, under it: tasks may use no other.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        artifacts: EnvironmentArtifacts,
        bucket: ConfigBucket,
        url: str,
    ) -> None:
        super().__init__(scope, construct_id)
        bundle_sha256 = artifacts.mock_host_sha256
        sources = uploaded(self, "Sources", path=artifacts.sources_folder)
        bundle = uploaded(self, "MockHost", path=artifacts.mock_host_bundle, sha256=bundle_sha256)
        self.resource = CustomResource(
            self,
            "Registration",
            resource_type="Custom::MockenvRegistration",
            service_token=_provider_arn(settings.project),
            service_timeout=Duration.seconds(SERVICE_TIMEOUT_SECONDS),
            properties={
                "Project": settings.project,
                "Environment": settings.environment,
                "ConfigBucket": bucket.name,
                "SourcesBucket": sources.bucket,
                "SourcesKey": sources.key,
                "MockHostBucket": bundle.bucket,
                "MockHostKey": bundle.key,
                "MockHostSha256": bundle_sha256,
                "Version": artifacts.sources_version,
                "Url": url,
            }
            | _texts(
                TtlSeconds=settings.ttl_seconds,
                MaxTtlSeconds=settings.max_ttl_seconds,
                Owner=settings.owner,
                KmsKey=settings.kms_key,
            ),
        )


def _provider_arn(project: str) -> str:
    return (
        f"arn:{Aws.PARTITION}:lambda:{Aws.REGION}:{Aws.ACCOUNT_ID}"
        f":function:{names.registration_function(project)}"
    )


def _texts(**values: int | str | None) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value is not None}
