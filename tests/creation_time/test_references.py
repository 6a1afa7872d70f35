from typing import Any

import pytest

from creation_time.references import referred_names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ({"Ref": "Bucket"}, ["Bucket"]),
        ({"Ref": "AWS::Region"}, []),
        ({"Fn::GetAtt": ["Bucket", "Arn"]}, ["Bucket"]),
        ({"Fn::GetAtt": "Stack.Outputs.Id"}, ["Stack"]),
        ({"Fn::GetAtt": ["Bucket", {"Ref": "Attribute"}]}, ["Bucket", "Attribute"]),
        ({"Fn::Sub": "arn:${AWS::Partition}:s3:::${Bucket}/*"}, ["Bucket"]),
        ({"Fn::Sub": "${Bucket.Arn} ${!Literal}"}, ["Bucket"]),
        ({"Fn::Sub": ["${Own}-${Bucket}", {"Own": {"Ref": "Role"}}]}, ["Bucket", "Role"]),
        ({"Fn::Join": ["", ["a", {"Ref": "A"}, [{"Ref": "B"}]]]}, ["A", "B"]),
        ({"Fn::If": ["Yes", {"Ref": "A"}, {"Ref": "B"}]}, ["A", "B"]),
        ({"Ref": "Bucket", "Name": {"Ref": "Role"}}, ["Bucket", "Role"]),
        ("${Bucket}", []),
        ({"Text": "${Bucket}"}, []),
    ],
)
def test_names_are_found_wherever_cloudformation_resolves_them(
    value: Any, names: list[str]
) -> None:
    assert list(referred_names(value)) == names
