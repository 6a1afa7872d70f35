"""The container images that tasks run, each with its exact tag.

All exist for ARM and x86-64. Those of Docker's official and AWS's own programs come from Amazon
ECR Public, which has no limit on anonymous pulls from AWS.
"""

# Alpine: the smallest to pull before a task can start, and it has wget for the health check.
MOCK_HOST = "public.ecr.aws/docker/library/node:24.19.0-alpine"
CONFIG_LOADER = "public.ecr.aws/aws-cli/aws-cli:2.32.2"
MOCKSERVER = "mockserver/mockserver:8.0.0"
