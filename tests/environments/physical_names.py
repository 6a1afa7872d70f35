"""Names that resources have on AWS: how long they may be, and whether two have the same."""

from collections.abc import Iterator
from typing import Any, NamedTuple

Resource = dict[str, Any]


class NameRule(NamedTuple):
    """The property that names a type of resource, its longest value, and whether it is unique in
    an account and region.
    """

    property: str
    longest: int
    unique: bool = True


NAMES = {
    "AWS::ApiGatewayV2::Api": NameRule("Name", 128, unique=False),
    "AWS::ApiGatewayV2::DomainName": NameRule("DomainName", 512),
    "AWS::ApiGatewayV2::VpcLink": NameRule("Name", 128, unique=False),
    "AWS::CertificateManager::Certificate": NameRule("DomainName", 64, unique=False),
    "AWS::CloudWatch::Alarm": NameRule("AlarmName", 255),
    "AWS::CloudWatch::CompositeAlarm": NameRule("AlarmName", 255),
    "AWS::CloudWatch::Dashboard": NameRule("DashboardName", 255),
    "AWS::DynamoDB::Table": NameRule("TableName", 255),
    "AWS::EC2::SecurityGroup": NameRule("GroupName", 255),
    "AWS::ECS::Cluster": NameRule("ClusterName", 255),
    "AWS::ECS::Service": NameRule("ServiceName", 255, unique=False),
    "AWS::ECS::TaskDefinition": NameRule("Family", 255, unique=False),  # revisions share it
    "AWS::ElasticLoadBalancingV2::LoadBalancer": NameRule("Name", 32),
    "AWS::ElasticLoadBalancingV2::TargetGroup": NameRule("Name", 32),
    "AWS::Events::Rule": NameRule("Name", 64),
    "AWS::IAM::ManagedPolicy": NameRule("ManagedPolicyName", 128),
    "AWS::IAM::Policy": NameRule("PolicyName", 128, unique=False),
    "AWS::IAM::Role": NameRule("RoleName", 64),
    "AWS::KMS::Alias": NameRule("AliasName", 256),
    "AWS::Lambda::Function": NameRule("FunctionName", 64),
    "AWS::Logs::LogGroup": NameRule("LogGroupName", 512),
    "AWS::Logs::QueryDefinition": NameRule("Name", 255),
    "AWS::Route53::RecordSet": NameRule("Name", 255),
    "AWS::S3::Bucket": NameRule("BucketName", 63),
    "AWS::SNS::Topic": NameRule("TopicName", 256),
    "AWS::SSM::Parameter": NameRule("Name", 1011),
}
# What stands for a reference: the longest that it comes to. The UUID of a stack id has groups of
# 8, 4, 4, 4 and 12 digits, of which names take the first two.
STACK_UUID = "01234567-89ab-cdef-0123-456789abcdef"
REFERENCES = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws-us-gov",
    "AWS::Region": "ap-southeast-1",
    "AWS::StackId": f"arn:aws:cloudformation:eu-central-1:123456789012:stack/name/{STACK_UUID}",
}


def too_long(resource: Resource) -> Iterator[str]:
    """Yield a resource's name if its service does not take one of this length."""
    rule = NAMES.get(resource["Type"])
    name = _name(resource, rule) if rule else None
    if rule and name and len(name) > rule.longest:
        yield f"{name} has {len(name)} characters, {rule.longest} at most"


def unique_names(template: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the type and name of each resource that another of its name would collide with."""
    for resource in template["Resources"].values():
        rule = NAMES.get(resource["Type"])
        name = _name(resource, rule) if rule and rule.unique else None
        if name:
            yield resource["Type"], name


def _name(resource: Resource, rule: NameRule) -> str | None:
    value = resource.get("Properties", {}).get(rule.property)
    return None if value is None else str(_resolved(value))


def _resolved(node: Any) -> Any:
    if isinstance(node, list):
        return [_resolved(each) for each in node]
    if not isinstance(node, dict):
        return node
    ((function, given),) = node.items()
    if function == "Fn::Join":
        return given[0].join(_resolved(given[1]))
    if function == "Fn::Split":
        return _resolved(given[1]).split(given[0])
    if function == "Fn::Select":
        return _resolved(given[1])[int(given[0])]
    return REFERENCES.get(given, str(given)) if function == "Ref" else str(given)
