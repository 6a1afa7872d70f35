import json
from pathlib import Path

from mockenv.settings.domain import Domain
from mockenv.settings.network import Network
from synthesized import CERTIFICATE, Synthesized

STACK = "pr-443"
NAME = "AWS::ApiGatewayV2::DomainName"
MAPPING = "AWS::ApiGatewayV2::ApiMapping"
RECORDS = "AWS::Route53::RecordSetGroup"
HOST = "pr-443.mocks.example.com"


def test_it_answers_at_its_own_name_over_tls_1_2(synthesized: Synthesized) -> None:
    name = synthesized.properties(STACK, NAME)
    assert name["DomainName"] == HOST
    assert name["DomainNameConfigurations"] == [
        {
            "CertificateArn": {"Ref": "NetworkCertificateArn"},
            "EndpointType": "REGIONAL",
            "IpAddressType": "dualstack",
            "SecurityPolicy": "TLS_1_2",
        }
    ]


def test_the_name_leads_to_this_environment_s_api(synthesized: Synthesized) -> None:
    assert synthesized.properties(STACK, MAPPING) == {
        "ApiId": {"Ref": synthesized.logical_id(STACK, "AWS::ApiGatewayV2::Api")},
        "DomainName": {"Ref": synthesized.logical_id(STACK, NAME)},
        "Stage": {"Ref": synthesized.logical_id(STACK, "AWS::ApiGatewayV2::Stage")},
    }


def test_nobody_gets_past_the_name(synthesized: Synthesized) -> None:
    api = synthesized.properties(STACK, "AWS::ApiGatewayV2::Api")
    assert api["DisableExecuteApiEndpoint"] is True
    assert "execute-api" not in str(synthesized.template(STACK)["Outputs"])


def test_without_a_domain_there_is_none_of_it(synthesized: Synthesized) -> None:
    for kind in (NAME, MAPPING, RECORDS):
        assert synthesized.all_of("pr-123", kind) == []
    assert "DisableExecuteApiEndpoint" not in synthesized.properties(
        "pr-123", "AWS::ApiGatewayV2::Api"
    )


def test_dns_leads_to_the_name_by_both_kinds_of_addresses(synthesized: Synthesized) -> None:
    records = synthesized.properties(STACK, RECORDS)
    name = synthesized.logical_id(STACK, NAME)
    assert records["HostedZoneId"] == "Z0123456789ABCDEFGHIJ"
    assert [(each["Name"], each["Type"]) for each in records["RecordSets"]] == [
        (f"{HOST}.", "A"),
        (f"{HOST}.", "AAAA"),
    ]
    for each in records["RecordSets"]:
        assert each["AliasTarget"] == {
            "DNSName": {"Fn::GetAtt": [name, "RegionalDomainName"]},
            "HostedZoneId": {"Fn::GetAtt": [name, "RegionalHostedZoneId"]},
            "EvaluateTargetHealth": False,
        }


def test_dns_never_leads_to_a_name_that_is_not_there(synthesized: Synthesized) -> None:
    """CloudFormation creates what is depended on first, and deletes it last."""
    records = synthesized.only(STACK, RECORDS)
    assert records["DependsOn"] == [synthesized.logical_id(STACK, MAPPING)]


def test_callers_and_the_registry_are_told_the_name(synthesized: Synthesized) -> None:
    url = f"https://{HOST}"
    assert synthesized.template(STACK)["Outputs"]["Url"]["Value"] == url
    assert synthesized.properties(STACK, "Custom::MockenvRegistration")["Url"] == url


def test_one_certificate_is_made_for_all_and_proves_itself(synthesized: Synthesized) -> None:
    certificate = synthesized.properties(
        "network-domain-key", "AWS::CertificateManager::Certificate"
    )
    assert certificate == {
        "DomainName": "*.mocks.example.com",
        "ValidationMethod": "DNS",
        "DomainValidationOptions": [
            {"DomainName": "*.mocks.example.com", "HostedZoneId": "Z0123456789ABCDEFGHIJ"}
        ],
    }


def test_the_certificate_is_published(synthesized: Synthesized) -> None:
    certificate = synthesized.logical_id(
        "network-domain-key", "AWS::CertificateManager::Certificate"
    )
    published = {
        each["Properties"]["Name"]: each["Properties"]["Value"]
        for each in synthesized.all_of("network-domain-key", "AWS::SSM::Parameter")
    }
    assert published["/mockenv/payments/network/certificate-arn"] == {"Ref": certificate}
    parameter = synthesized.template(STACK)["Parameters"]["NetworkCertificateArn"]
    assert parameter["Default"] == "/mockenv/payments/network/certificate-arn"


def test_a_certificate_that_is_given_is_used(synthesized: Synthesized) -> None:
    (configuration,) = synthesized.properties("pr-512", NAME)["DomainNameConfigurations"]
    assert configuration["CertificateArn"] == CERTIFICATE
    assert "NetworkCertificateArn" not in synthesized.template("pr-512")["Parameters"]


def test_none_is_made_where_one_is_given(synthesized: Synthesized, tmp_path: Path) -> None:
    assert synthesized  # CDK is loaded with the right Node
    from aws_cdk import App  # noqa: PLC0415

    from stacks.network import NetworkStack  # noqa: PLC0415

    app = App(outdir=str(tmp_path))
    domain = Domain(
        name="mocks.example.com", hosted_zone_id="Z0123456789", certificate_arn=CERTIFICATE
    )
    NetworkStack(
        app,
        "network",
        project="payments",
        network=Network(),
        log_retention_days=7,
        domain=domain,
    )
    app.synth()
    template = json.loads((tmp_path / "network.template.json").read_text(encoding="utf-8"))
    assert "AWS::CertificateManager::Certificate" not in str(template)
    assert "certificate-arn" not in str(template)
