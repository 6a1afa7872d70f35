"""What a deployed environment tells about itself."""

from aws_cdk import CfnOutput, Stack


def tell(stack: Stack, **values: str) -> None:
    """Make each value an output of the stack, under its own name; none is an export."""
    for name, value in values.items():
        CfnOutput(stack, name, value=value)
