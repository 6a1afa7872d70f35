"""Which call of a service tells whether a resource is really there.

CloudFormation's list says what it was told to create; a service's own answer says what is kept.
"""

from emulated_deployment.lookup import Lookup, by, filtered, listed, of_api

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
