from typing import Any

import pytest

from mock_constructs.acknowledged import as_cdk_nag_writes, wildcard_rule

SELECT = {"Fn::Select": [0, {"Fn::Split": ["-", {"Ref": "AWS::StackId"}]}]}


@pytest.mark.parametrize(
    ("node", "written"),
    [
        ("*", "*"),
        ({"Ref": "AWS::Region"}, "<AWS::Region>"),
        ({"Fn::GetAtt": ["Bucket", "Arn"]}, "<Bucket.Arn>"),
        ({"Fn::Join": ["", [{"Fn::GetAtt": ["Bucket", "Arn"]}, "/*"]]}, "<Bucket.Arn>/*"),
        (SELECT, '{"Fn::Select":[0,{"Fn::Split":["-",{"Ref":"AWS::StackId"}]}]}'),
    ],
)
def test_resources_are_written_as_cdk_nag_does(node: Any, written: str) -> None:
    """That it does so is shown by tests/policy, where its findings meet what is acknowledged."""
    assert as_cdk_nag_writes(node) == written
    assert wildcard_rule(node) == f"AwsSolutions-IAM5[Resource::{written}]"
