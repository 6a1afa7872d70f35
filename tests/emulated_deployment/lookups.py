"""Which call of a service tells whether a resource is really there.

CloudFormation's list says what it was told to create; a service's own answer says what is kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

GONE_STATES = {"INACTIVE", "DRAINING", "DELETED", "deleted", "terminated"}


@dataclass(frozen=True)
class Resource:
    """A resource of a stack, and its properties in the template.

    `beside` are the first ids of the stack's other types.
    """

    kind: str
    physical_id: str
    beside: Mapping[str, str]
    properties: Mapping[str, Any]

    @property
    def last(self) -> str:
        """The last part of the id, where it has several."""
        return self.physical_id.rpartition("/")[2]

    def is_named_in(self, text: str) -> bool:
        """Tell whether each part of the id is in a text; `IGW` is a word of CloudFormation's."""
        return all(part in text for part in self.physical_id.split("|") if part != "IGW")


Arguments = Callable[[Resource], dict[str, Any]]


@dataclass(frozen=True)
class Lookup:
    """A call by which a resource is found."""

    service: str
    operation: str
    arguments: Arguments

    @property
    def name(self) -> str:
        """Name the call as IAM does, for people."""
        words = "".join(word.capitalize() for word in self.operation.split("_"))
        return f"{self.service}:{words}"

    def answer(self, resource: Resource, client: Callable[[str], Any]) -> Any | None:
        """Return what the service says of the resource; None, also for an error, if it is gone."""
        try:
            call = getattr(client(self.service), self.operation)
            said = call(**self.arguments(resource))
        except (ClientError, BotoCoreError, KeyError):
            return None
        if self._lists:
            return [each for each in _entries(said) if _is_there(each, resource)] or None
        return None if any(_state(part) in GONE_STATES for part in said.values()) else said

    @property
    def _lists(self) -> bool:
        """Whether the call lists several: `describe_vpcs`, as opposed to `describe_table`."""
        return self.operation.startswith("describe_") and self.operation.endswith("s")


def _entries(answer: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what lists hold; ECS lists under `failures` what it has not."""
    for name, value in answer.items():
        if isinstance(value, list) and name != "failures":
            yield from value


def _is_there(entry: Any, resource: Resource) -> bool:
    """An entry counts if it is not gone and names the resource: emulators may ignore filters."""
    return _state(entry) not in GONE_STATES and resource.is_named_in(str(entry))


def _state(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return None
    state = entry.get("status") or entry.get("State")
    return state.get("Name") if isinstance(state, dict) else state


def by(argument: str) -> Arguments:
    """The physical id is the one argument."""
    return lambda resource: {argument: resource.physical_id}


def listed(argument: str) -> Arguments:
    """The physical id is one of a list."""
    return lambda resource: {argument: [resource.physical_id]}


def filtered(name: str) -> Arguments:
    """The physical id is a filter's value."""
    return lambda each: {"Filters": [{"Name": name, "Values": [each.physical_id]}]}


def of_api(argument: str) -> Arguments:
    """The resource belongs to its stack's API."""
    return lambda each: {"ApiId": each.beside["AWS::ApiGatewayV2::Api"], argument: each.last}


LOOKUPS: dict[str, Lookup] = {
    "AWS::ApiGatewayV2::Api": Lookup("apigatewayv2", "get_api", by("ApiId")),
    "AWS::ApiGatewayV2::Authorizer": Lookup(
        "apigatewayv2", "get_authorizer", of_api("AuthorizerId")
    ),
    "AWS::ApiGatewayV2::Integration": Lookup(
        "apigatewayv2", "get_integration", of_api("IntegrationId")
    ),
    "AWS::ApiGatewayV2::Route": Lookup("apigatewayv2", "get_route", of_api("RouteId")),
    "AWS::ApiGatewayV2::Stage": Lookup("apigatewayv2", "get_stage", of_api("StageName")),
    "AWS::ApiGatewayV2::DomainName": Lookup("apigatewayv2", "get_domain_name", by("DomainName")),
    "AWS::ApiGatewayV2::ApiMapping": Lookup(
        "apigatewayv2",
        "get_api_mapping",
        lambda each: {
            "DomainName": each.beside["AWS::ApiGatewayV2::DomainName"],
            "ApiMappingId": each.last,
        },
    ),
    "AWS::CertificateManager::Certificate": Lookup(
        "acm", "describe_certificate", by("CertificateArn")
    ),
    "AWS::CloudWatch::Alarm": Lookup("cloudwatch", "describe_alarms", listed("AlarmNames")),
    "AWS::CloudWatch::Dashboard": Lookup("cloudwatch", "get_dashboard", by("DashboardName")),
    "AWS::DynamoDB::Table": Lookup("dynamodb", "describe_table", by("TableName")),
    "AWS::EC2::Instance": Lookup("ec2", "describe_instances", listed("InstanceIds")),
    "AWS::EC2::InternetGateway": Lookup(
        "ec2", "describe_internet_gateways", listed("InternetGatewayIds")
    ),
    "AWS::EC2::NatGateway": Lookup("ec2", "describe_nat_gateways", listed("NatGatewayIds")),
    "AWS::EC2::Route": Lookup(
        "ec2",
        "describe_route_tables",
        lambda each: {
            "Filters": [
                {"Name": "route-table-id", "Values": [each.physical_id.split("|")[0]]},
                {"Name": "route.destination-cidr-block", "Values": ["0.0.0.0/0"]},
            ]
        },
    ),
    "AWS::EC2::RouteTable": Lookup("ec2", "describe_route_tables", listed("RouteTableIds")),
    "AWS::EC2::SecurityGroup": Lookup("ec2", "describe_security_groups", listed("GroupIds")),
    "AWS::EC2::Subnet": Lookup("ec2", "describe_subnets", listed("SubnetIds")),
    "AWS::EC2::SubnetRouteTableAssociation": Lookup(
        "ec2", "describe_route_tables", filtered("association.route-table-association-id")
    ),
    "AWS::EC2::VPC": Lookup("ec2", "describe_vpcs", listed("VpcIds")),
    "AWS::EC2::VPCEndpoint": Lookup("ec2", "describe_vpc_endpoints", listed("VpcEndpointIds")),
    "AWS::EC2::VPCGatewayAttachment": Lookup(
        "ec2",
        "describe_internet_gateways",
        lambda each: {
            "Filters": [
                {"Name": "attachment.vpc-id", "Values": [each.physical_id.partition("|")[2]]}
            ]
        },
    ),
    "AWS::ECS::Cluster": Lookup("ecs", "describe_clusters", listed("clusters")),
    "AWS::ECS::Service": Lookup(
        "ecs",
        "describe_services",
        lambda each: {"cluster": each.physical_id.split("/")[1], "services": [each.last]},
    ),
    "AWS::ECS::TaskDefinition": Lookup("ecs", "describe_task_definition", by("taskDefinition")),
    "AWS::ElasticLoadBalancingV2::Listener": Lookup(
        "elbv2", "describe_listeners", listed("ListenerArns")
    ),
    "AWS::ElasticLoadBalancingV2::ListenerRule": Lookup(
        "elbv2", "describe_rules", listed("RuleArns")
    ),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": Lookup(
        "elbv2", "describe_load_balancers", listed("LoadBalancerArns")
    ),
    "AWS::ElasticLoadBalancingV2::TargetGroup": Lookup(
        "elbv2", "describe_target_groups", listed("TargetGroupArns")
    ),
    "AWS::Events::Rule": Lookup("events", "describe_rule", by("Name")),
    "AWS::IAM::InstanceProfile": Lookup("iam", "get_instance_profile", by("InstanceProfileName")),
    "AWS::IAM::Role": Lookup("iam", "get_role", by("RoleName")),
    "AWS::KMS::Key": Lookup("kms", "describe_key", by("KeyId")),
    "AWS::Lambda::EventInvokeConfig": Lookup(
        "lambda",
        "get_function_event_invoke_config",
        lambda each: dict(
            zip(("FunctionName", "Qualifier"), each.physical_id.rsplit(":", 1), strict=False)
        ),
    ),
    "AWS::Lambda::Function": Lookup("lambda", "get_function", by("FunctionName")),
    "AWS::Logs::LogGroup": Lookup(
        "logs", "describe_log_groups", lambda each: {"logGroupNamePrefix": each.physical_id}
    ),
    "AWS::Logs::MetricFilter": Lookup("logs", "describe_metric_filters", by("filterNamePrefix")),
    "AWS::S3::Bucket": Lookup("s3", "head_bucket", by("Bucket")),
    "AWS::S3::BucketPolicy": Lookup(
        "s3", "get_bucket_policy", lambda each: {"Bucket": each.beside["AWS::S3::Bucket"]}
    ),
    "AWS::SNS::Topic": Lookup("sns", "get_topic_attributes", by("TopicArn")),
    "AWS::SNS::Subscription": Lookup("sns", "get_subscription_attributes", by("SubscriptionArn")),
    "AWS::SSM::Parameter": Lookup("ssm", "get_parameter", by("Name")),
}
