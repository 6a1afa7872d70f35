"""A domain of one's own under which environments answer."""

from pydantic import Field

from mockenv.settings.frozen import Frozen
from mockenv.settings.value_types import CertificateArn, HostedZoneId, WebHost


class Domain(Frozen):
    """Environment `pr-123` answers at `pr-123.<name>`, and nowhere else."""

    name: WebHost = Field(description="mocks.example.com")
    hosted_zone_id: HostedZoneId = Field(description="Route 53 zone that holds the name")
    certificate_arn: CertificateArn | None = Field(
        default=None,
        description="ACM certificate for *.<name> in the same region; otherwise one is made",
    )

    def host(self, environment: str) -> str:
        """Return where an environment answers."""
        return f"{environment}.{self.name}"
