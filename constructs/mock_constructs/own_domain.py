"""An environment's own name in the domain of its project."""

from aws_cdk import CfnResource
from aws_cdk import aws_apigatewayv2 as apigateway
from constructs import Construct

from mock_constructs.gateway import Gateway
from mock_constructs.published_ids import NetworkId, published_value
from mockenv.settings.domain import Domain
from mockenv.settings.resolve import EnvironmentSettings

# All that an HTTP API can have (API Gateway developer guide, "Custom domain names for HTTP APIs").
SECURITY_POLICY = "TLS_1_2"
RECORD_TYPES = ("A", "AAAA")


def add_own_domain(
    scope: Construct, *, settings: EnvironmentSettings, gateway: Gateway
) -> "OwnDomain | None":
    """Have the environment answer at its name in the project's domain, where there is one."""
    if settings.domain is None:
        return None
    return OwnDomain(scope, "Domain", settings=settings, domain=settings.domain, gateway=gateway)


class OwnDomain(Construct):
    """A name at API Gateway, what it leads to, and the records that lead to it.

    The records come last and go first: DNS never leads to a name that API Gateway doesn't know.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        domain: Domain,
        gateway: Gateway,
    ) -> None:
        super().__init__(scope, construct_id)
        host = domain.host(settings.environment)
        name = self._name(host, _certificate_arn(self, settings, domain))
        mapping = apigateway.CfnApiMapping(
            self, "Mapping", api_id=gateway.api.ref, domain_name=name.ref, stage=gateway.stage.ref
        )
        self._records(host, domain, name).node.add_dependency(mapping)

    def _name(self, host: str, certificate_arn: str) -> apigateway.CfnDomainName:
        return apigateway.CfnDomainName(
            self,
            "Name",
            domain_name=host,
            domain_name_configurations=[
                apigateway.CfnDomainName.DomainNameConfigurationProperty(
                    certificate_arn=certificate_arn,
                    endpoint_type="REGIONAL",
                    ip_address_type="dualstack",
                    security_policy=SECURITY_POLICY,
                )
            ],
        )

    def _records(self, host: str, domain: Domain, name: apigateway.CfnDomainName) -> CfnResource:
        """Make both in one change, for which CloudFormation waits once."""
        target = {
            "DNSName": name.attr_regional_domain_name,
            "HostedZoneId": name.attr_regional_hosted_zone_id,
            "EvaluateTargetHealth": False,
        }
        return CfnResource(
            self,
            "Records",
            type="AWS::Route53::RecordSetGroup",
            properties={
                "HostedZoneId": domain.hosted_zone_id,
                "RecordSets": [
                    {"Name": f"{host}.", "Type": record_type, "AliasTarget": target}
                    for record_type in RECORD_TYPES
                ],
            },
        )


def _certificate_arn(scope: Construct, settings: EnvironmentSettings, domain: Domain) -> str:
    return domain.certificate_arn or published_value(
        scope, project=settings.project, published=NetworkId.CERTIFICATE
    )
