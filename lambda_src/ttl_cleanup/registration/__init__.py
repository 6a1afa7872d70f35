"""The provider of every environment's registration: a CloudFormation custom resource."""
