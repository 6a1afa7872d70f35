"""Stacks as policies name them."""

from aws_cdk import Aws


def stack_arns(name_prefix: str) -> str:
    """Match the ids of all stacks of this account and region whose names begin so."""
    return f"arn:{Aws.PARTITION}:cloudformation:{Aws.REGION}:{Aws.ACCOUNT_ID}:stack/{name_prefix}*"
