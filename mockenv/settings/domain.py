"""A domain of one's own under which environments answer."""

from pydantic import Field, model_validator

from mockenv.settings.frozen import Frozen
from mockenv.settings.value_types import CertificateArn, HostedZoneId, WebHost

LONGEST_HOST = 253  # RFC 1035, section 2.3.4, without the dot at the end
LONGEST_ENVIRONMENT = 20
# An X.509 common name, which ACM makes of a certificate's first name (RFC 5280, appendix A.1).
LONGEST_COMMON_NAME = 64


class Domain(Frozen):
    """Environment `pr-123` answers at `pr-123.<name>`, and nowhere else."""

    name: WebHost = Field(description="pr-123 answers at https://pr-123.<name>: mocks.example.com")
    hosted_zone_id: HostedZoneId = Field(description="Route 53 zone that holds the name")
    certificate_arn: CertificateArn | None = Field(
        default=None,
        description="ACM certificate for *.<name> in the same region; otherwise one is made",
    )

    @model_validator(mode="after")
    def _short_enough(self) -> "Domain":
        longest = LONGEST_HOST - LONGEST_ENVIRONMENT - 1
        if len(self.name) > longest:
            raise ValueError(f"name is at most {longest} characters, before which environments go")
        if self.certificate_arn is None and len(self.wildcard) > LONGEST_COMMON_NAME:
            raise ValueError(
                f"ACM makes no certificate for a name longer than {LONGEST_COMMON_NAME - 2} "
                "characters: choose a shorter one, or give the certificate_arn of one that is there"
            )
        return self

    @property
    def wildcard(self) -> str:
        """The name that stands for all environments."""
        return f"*.{self.name}"

    def host(self, environment: str) -> str:
        """Return where an environment answers."""
        return f"{environment}.{self.name}"
