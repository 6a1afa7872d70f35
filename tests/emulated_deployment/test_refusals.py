from typing import Any

from emulated_deployment.refusals import STAND_IN, refused_types, without

LINK, RULE = "AWS::ApiGatewayV2::VpcLink", "AWS::EC2::SecurityGroupIngress"


def template() -> dict[str, Any]:
    return {
        "Resources": {
            "Link": {"Type": LINK},
            "Parameter": {
                "Type": "AWS::SSM::Parameter",
                "DependsOn": ["Link", "Bucket"],
                "Properties": {"Value": {"Ref": "Link"}, "Kept": {"Ref": "Bucket"}},
            },
            "Bucket": {
                "Type": "AWS::S3::Bucket",
                "DependsOn": "Link",
                "Properties": {"Name": {"Fn::GetAtt": ["Link", "Arn"]}},
            },
        },
        "Outputs": {"Id": {"Value": {"Fn::Join": ["-", ["a", {"Ref": "Link"}]]}}},
    }


def test_a_refusal_names_its_types() -> None:
    message = f"Template format error: Unrecognized resource types: [{LINK}, {RULE}]"
    assert refused_types(message) == {LINK, RULE}
    assert refused_types("Template format error: something else") == set()


def test_what_is_left_out_is_referred_to_no_more() -> None:
    fitted = without(template(), {LINK})
    assert set(fitted["Resources"]) == {"Parameter", "Bucket"}
    parameter, bucket = fitted["Resources"]["Parameter"], fitted["Resources"]["Bucket"]
    assert parameter["DependsOn"] == ["Bucket"]
    assert parameter["Properties"] == {"Value": STAND_IN, "Kept": {"Ref": "Bucket"}}
    assert "DependsOn" not in bucket
    assert bucket["Properties"]["Name"] == STAND_IN
    assert fitted["Outputs"]["Id"]["Value"] == {"Fn::Join": ["-", ["a", STAND_IN]]}


def test_without_a_refusal_a_template_stays_as_it_is() -> None:
    given = template()
    given["Resources"]["Bucket"]["DependsOn"] = ["Link"]
    assert without(given, set()) == given


def test_alarms_by_metric_math_are_left_out_and_others_are_not() -> None:
    alarms = {
        "Math": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": []}},
        "Plain": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"MetricName": "Errors"}},
    }
    assert set(without({"Resources": alarms}, set())["Resources"]) == {"Plain"}
