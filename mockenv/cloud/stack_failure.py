"""Why a stack's last operation failed, by CloudFormation's own account."""

from collections.abc import Mapping
from itertools import islice, takewhile
from typing import Any

MOST_PAGES = 5
FAILED_STACK = ("FAILED", "ROLLBACK")
CONSEQUENCE = "cancelled"
BEGINNINGS = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"}


def has_failed(status: str) -> bool:
    """Whether a stack's status tells of a failure."""
    return any(word in status for word in FAILED_STACK)


def why_the_stack_failed(cloudformation: Any, stack_id: str, status: str) -> str | None:
    """Return the first reason of a stack's last failure, None if its status tells of none.

    Later ones are consequences: the creation of other resources is cancelled.
    """
    if not has_failed(status):
        return None
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack_id)
    events = [event for page in islice(pages, MOST_PAGES) for event in page["StackEvents"]]
    last_operation = takewhile(lambda event: not _is_beginning(event, stack_id), events)
    failed = [event for event in last_operation if _is_cause(event)]
    if not failed:
        return None
    first = failed[-1]  # events come newest first
    return f"{first['LogicalResourceId']}: {first['ResourceStatusReason']}"


def _is_beginning(event: Mapping[str, Any], stack_id: str) -> bool:
    return event.get("PhysicalResourceId") == stack_id and event["ResourceStatus"] in BEGINNINGS


def _is_cause(event: Mapping[str, Any]) -> bool:
    reason = event.get("ResourceStatusReason", "")
    return "FAILED" in event["ResourceStatus"] and bool(reason) and CONSEQUENCE not in reason
