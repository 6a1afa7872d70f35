from typing import Any

import pytest

from policy.conftest import Write
from policy.finding import Finding
from policy.nag import nag_findings
from synthesized import Synthesized

WILDCARD_ROLE = {
    "Type": "AWS::IAM::Role",
    "Properties": {
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
        "Policies": [
            {
                "PolicyName": "wide",
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
                },
            }
        ],
    },
}
OPEN_GROUP = {
    "Type": "AWS::EC2::SecurityGroup",
    "Properties": {
        "GroupDescription": "open",
        "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 22, "CidrIp": "0.0.0.0/0"}],
    },
}


@pytest.mark.usefixtures("synthesized")  # which prepares CDK
@pytest.mark.parametrize(
    ("resource", "rules"),
    [
        ({"Type": "AWS::S3::Bucket"}, {"AwsSolutions-S1", "AwsSolutions-S10"}),
        (OPEN_GROUP, {"AwsSolutions-EC23"}),
        (
            WILDCARD_ROLE,
            {"AwsSolutions-IAM5[Action::s3:*]", "AwsSolutions-IAM5[Resource::*]"},
        ),
    ],
)
def test_it_sees_what_a_template_says(
    template: Write, resource: dict[str, Any], rules: set[str]
) -> None:
    findings = list(nag_findings(template({"Wrong": resource})))
    assert {finding.rule for finding in findings} == rules
    assert {(finding.stack, finding.resource) for finding in findings} == {("stack", "Wrong")}


def test_it_sees_resources_that_are_written_out(
    synthesized: Synthesized, findings: list[Finding]
) -> None:
    """The config bucket has no class of CDK's: in the app itself cdk-nag would pass over it."""
    bucket = synthesized.logical_id("pr-123", "AWS::S3::Bucket")
    assert ("pr-123", bucket, "AwsSolutions-S1") in {
        (finding.stack, finding.resource, finding.rule) for finding in findings
    }
