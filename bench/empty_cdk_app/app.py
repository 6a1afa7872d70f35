"""The smallest CDK app: one stack with nothing in it but one parameter."""

import os
import sys

os.environ.setdefault("JSII_NODE", os.path.join(sys.prefix, "bin", "node"))

import aws_cdk as cdk
from aws_cdk import aws_ssm as ssm

app = cdk.App()
stack = cdk.Stack(app, "empty")
ssm.CfnParameter(stack, "Parameter", type="String", value="nothing")
app.synth()
