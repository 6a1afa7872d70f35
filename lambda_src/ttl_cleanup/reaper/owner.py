"""Whose stacks the reaper may delete, and the checks by which it knows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ttl_cleanup.environment_stack import STACK_ID, name_prefix

TAG_PROJECT = "mockenv:project"
TAG_ENVIRONMENT = "mockenv:environment"
TAG_TTL = "mockenv:ttl"


@dataclass(frozen=True)
class Owner:
    """A project in an account and region."""

    project: str
    account: str
    region: str


Description = Mapping[str, Any]  # a stack as DescribeStacks gives it
IdentityCheck = Callable[[Description, Owner], str | None]


def tags(description: Description) -> dict[str, str]:
    """Return a stack's tags."""
    return {tag["Key"]: tag["Value"] for tag in description.get("Tags", [])}


def is_claimed(description: Description, owner: Owner) -> bool:
    """Tell whether a stack's name or tags say that it is an environment of the project.

    Stacks within stacks carry their parents' tags and go with them. One in review is a name so
    far: it holds nothing, and need not have its tags yet (delstack#646).
    """
    if description.get("ParentId") or description["StackStatus"] == "REVIEW_IN_PROGRESS":
        return False
    its_tags = tags(description)
    is_tagged = its_tags.get(TAG_PROJECT) == owner.project and TAG_ENVIRONMENT in its_tags
    return is_tagged or str(description["StackName"]).startswith(name_prefix(owner.project))


def name_problem(description: Description, owner: Owner) -> str | None:
    """Say what is wrong with a stack's name."""
    wanted = name_prefix(owner.project) + tags(description).get(TAG_ENVIRONMENT, "<environment>")
    is_right = description["StackName"] == wanted
    return None if is_right else f"its name is not {wanted}"


def tag_problem(description: Description, owner: Owner) -> str | None:
    """Say what is wrong with the tags by which a stack belongs to a project."""
    is_right = tags(description).get(TAG_PROJECT) == owner.project
    return None if is_right else f"its tag {TAG_PROJECT} is not {owner.project}"


def place_problem(description: Description, owner: Owner) -> str | None:
    """Say what is wrong with the account, region and name in a stack's id."""
    match = STACK_ID.fullmatch(str(description["StackId"]))
    if match is None or match["name"] != description["StackName"]:
        return "its id is not that of a stack of its name"
    is_right = (match["account"], match["region"]) == (owner.account, owner.region)
    return None if is_right else "it is in another account or region"


IDENTITY_CHECKS: Sequence[IdentityCheck] = (name_problem, tag_problem, place_problem)
