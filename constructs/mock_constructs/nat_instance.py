"""One small instance in place of a NAT gateway.

Nobody logs in to it: it has no key, no agent, a role without permissions, and its group admits
tasks only. It is patched by being replaced: each deployment of the network stack takes the newest
image of Amazon Linux.
"""

from aws_cdk import aws_ec2 as ec2

from mock_constructs.acknowledged import acknowledge

# A nano's 0.5 GiB may be too little for installing the packet filter at its first start.
NAT_INSTANCE_TYPE = "t4g.micro"
ROOT_DEVICE = "/dev/xvda"  # of Amazon Linux 2023
ACKNOWLEDGED = {
    "AwsSolutions-EC28": "Figures each five minutes are enough for one that passes packets on; "
    "each minute would cost a third of the instance's own price",
    "AwsSolutions-EC29": "It holds nothing; protected, it would keep the stack from being deleted",
    "CKV_AWS_88": "Its public address is what tasks go out by; its group admits only tasks",
}


def nat_instance() -> ec2.NatInstanceProviderV2:
    """Describe the instance; a VPC makes it."""
    return ec2.NatProvider.instance_v2(
        instance_type=ec2.InstanceType(NAT_INSTANCE_TYPE),
        default_allowed_traffic=ec2.NatTrafficDirection.OUTBOUND_ONLY,
        associate_public_ip_address=True,
    )


def require_session_tokens(provider: ec2.NatInstanceProviderV2) -> None:
    """Answer no metadata request without a token (IMDSv2), whatever the account's default is.

    The provider has no property for it.
    """
    for instance in provider.gateway_instances:
        resource = instance.node.default_child
        assert isinstance(resource, ec2.CfnInstance)  # noqa: S101 (tells the type checker)
        resource.metadata_options = ec2.CfnInstance.MetadataOptionsProperty(
            http_tokens="required", http_put_response_hop_limit=1
        )


def encrypt_disk(provider: ec2.NatInstanceProviderV2) -> None:
    """Encrypt the disk, for which the provider has no property either."""
    for instance in provider.gateway_instances:
        acknowledge(instance, ACKNOWLEDGED)
        resource = instance.node.default_child
        assert isinstance(resource, ec2.CfnInstance)  # noqa: S101 (tells the type checker)
        resource.block_device_mappings = [
            ec2.CfnInstance.BlockDeviceMappingProperty(
                device_name=ROOT_DEVICE, ebs=ec2.CfnInstance.EbsProperty(encrypted=True)
            )
        ]
