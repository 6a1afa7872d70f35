"""Refuses a deletion that would leave environments without anybody who deletes them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from ttl_cleanup.answer import Answer
from ttl_cleanup.reaper.owner import Owner, is_claimed

MOST_NAMED = 10


@dataclass(frozen=True)
class Guard:
    """Answers for one TTL cleanup stack; `cloudformation` is a boto3 client."""

    owner: Owner
    cloudformation: Any

    def answer(self, event: Mapping[str, Any]) -> Answer:
        """Let everything pass but the deletion while there are environments.

        What can't be found out is refused too; the reason says how to delete all the same.
        """
        if event.get("RequestType") != "Delete":
            return Answer(succeeded=True, reason="the environments are guarded")
        try:
            names = list(self._environment_stacks())
        except (ClientError, BotoCoreError) as error:
            return _refused(f"it can't be told whether there are environments ({error})", event)
        if not names:
            return Answer(succeeded=True, reason="there are no environments")
        listed = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
        return _refused(f"{len(names)} environments would never be deleted: {listed}", event)

    def _environment_stacks(self) -> Iterator[str]:
        start: dict[str, str] = {}
        while True:
            page = self.cloudformation.describe_stacks(**start)
            for stack in page["Stacks"]:
                if is_claimed(stack, self.owner) and stack["StackStatus"] != "DELETE_COMPLETE":
                    yield str(stack["StackName"])
            if "NextToken" not in page:
                return
            start = {"NextToken": page["NextToken"]}


def _refused(reason: str, event: Mapping[str, Any]) -> Answer:
    kept = event.get("LogicalResourceId", "<this resource>")
    return Answer(
        succeeded=False,
        reason=f"{reason}. Delete them first (cdk destroy -c env=…), then this stack again; to "
        f"leave them on purpose: aws cloudformation delete-stack --retain-resources {kept} "
        "--stack-name <this stack>",
    )
