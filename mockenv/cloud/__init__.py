"""What the command line does with environments on AWS; boto3 only, never CDK."""
