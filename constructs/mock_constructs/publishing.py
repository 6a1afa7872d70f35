"""Publishes a shared stack's ids for environments to find."""

from collections.abc import Mapping

from aws_cdk import aws_ssm as ssm
from constructs import Construct, IDependable

from mock_constructs.published_ids import PublishedId, parameter_name


def publish(
    scope: Construct,
    *,
    project: str,
    values: Mapping[PublishedId, str],
) -> list[IDependable]:
    """Write each value to its SSM parameter; return those."""
    return [
        ssm.StringParameter(
            scope,
            f"Published-{published}",
            parameter_name=parameter_name(project, published),
            string_value=value,
        )
        for published, value in values.items()
    ]
