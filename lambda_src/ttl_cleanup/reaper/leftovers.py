"""What still carries the tags of an environment whose stack is gone."""

from typing import Any

from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.owner import TAG_ENVIRONMENT, TAG_PROJECT
from ttl_cleanup.registry.record import Record

MOST_PAGES = 20
# What AWS goes on to list and nobody pays: revisions of task definitions, which CloudFormation
# only deregisters (containers-roadmap#685), and rules of load balancers, long after they are gone
# (aws-cli#8197); a rule that stayed would keep its target group, which is listed too.
NOT_LEFT_BEHIND = (":task-definition/", ":listener-rule/")


def leftovers(context: Context, record: Record) -> list[str]:
    """List the ARNs; AWS may list what is deleted for hours more (boto3#3341)."""
    listed = tagged(context.clients.tagging, context.owner.project, record.environment)
    return [arn for arn in listed if arn != record.stack_id]


def tagged(tagging: Any, project: str, environment: str) -> list[str]:
    """List the ARNs of all that carries an environment's tags and may cost something.

    `tagging` is a boto3 client of the resource groups tagging API.
    """
    values = {TAG_PROJECT: project, TAG_ENVIRONMENT: environment}
    filters = [{"Key": key, "Values": [value]} for key, value in values.items()]
    found: list[str] = []
    token = ""
    for _ in range(MOST_PAGES):
        page = tagging.get_resources(TagFilters=filters, PaginationToken=token)
        found += [mapping["ResourceARN"] for mapping in page["ResourceTagMappingList"]]
        token = page.get("PaginationToken", "")
        if not token:
            break
    return [arn for arn in found if not any(part in arn for part in NOT_LEFT_BEHIND)]
