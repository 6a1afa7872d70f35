"""The certificate under which all environments answer at a domain of one's own."""

from aws_cdk import CfnResource
from constructs import Construct

from mock_constructs.acknowledged import acknowledge
from mockenv.settings.domain import Domain

ACKNOWLEDGED = {
    "CKV2_AWS_71": "One for each environment would take minutes of each pull request, and write "
    "its name into public logs",
}


class WildcardCertificate(Construct):
    """One certificate for `*.<name>`, which proves itself by a record in the hosted zone.

    A wildcard, as a certificate takes minutes and its names are public (certificate transparency):
    no environment waits for one, and none is in the logs. Each property's change replaces it.
    """

    def __init__(self, scope: Construct, construct_id: str, *, domain: Domain) -> None:
        super().__init__(scope, construct_id)
        option = {"DomainName": domain.wildcard, "HostedZoneId": domain.hosted_zone_id}
        certificate = CfnResource(
            self,
            "Wildcard",
            type="AWS::CertificateManager::Certificate",
            properties={
                "DomainName": domain.wildcard,
                "ValidationMethod": "DNS",
                "DomainValidationOptions": [option],
            },
        )
        acknowledge(certificate, ACKNOWLEDGED)
        self.arn = certificate.ref
