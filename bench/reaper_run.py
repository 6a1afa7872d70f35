"""What a run of the reaper takes when there is nothing to do: calls, and memory at its highest."""

import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from bench.result import Result
from ttl_cleanup.reaper.context import Clients, Context
from ttl_cleanup.reaper.owner import Owner
from ttl_cleanup.reaper.run import run
from ttl_cleanup.registry.table import RegistryTable

ENVIRONMENTS = 1_000
STACKS_IN_A_PAGE = 50  # FACTS: 500 stacks in 10 calls
RECORDS_IN_A_PAGE = 1_000  # below 1 MB (DynamoDB developer guide, "Scan")
NOW = 1_800_000_000
OWNER = Owner("payments", "123456789012", "eu-central-1")


class Listing:
    """CloudFormation and DynamoDB that make each page when it is asked for, and keep none."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    def describe_stacks(self, NextToken: str = "0") -> dict[str, Any]:  # noqa: N803
        """Return a page of stacks, as large as our own environments' descriptions are."""
        self.calls["DescribeStacks"] += 1
        start = int(NextToken)
        end = min(start + STACKS_IN_A_PAGE, ENVIRONMENTS)
        more = {"NextToken": str(end)} if end < ENVIRONMENTS else {}
        return {"Stacks": [_stack(number) for number in range(start, end)]} | more

    def scan(self, **_: Any) -> dict[str, Any]:
        """Return all records."""
        self.calls["Scan"] += 1
        return {"Items": [_record(number) for number in range(RECORDS_IN_A_PAGE)]}


def measure_reaper(rounds: int) -> list[Result]:
    """Measure a run over a thousand environments none of which is over."""
    pages = ENVIRONMENTS / STACKS_IN_A_PAGE
    calls = tuple(float(sum(_run().calls.values())) for _ in range(rounds))
    ours = tuple(highest_mib(_run) for _ in range(rounds))
    theirs = tuple(highest_mib(hold_all) for _ in range(rounds))
    return [
        Result(
            "a reaper's run over 1,000 environments, none over",
            "calls",
            calls,
            (pages + 3,) * rounds,
            "pages of the list, and 3",
            limit=1,
        ),
        Result(
            "the same, memory at its highest",
            "MiB",
            ours,
            theirs,
            "holding all that is listed",
            limit=0.75,
        ),
    ]


def _run() -> Listing:
    listing = Listing()
    nothing: Any = None
    run(
        Context(
            owner=OWNER,
            clients=Clients(listing, nothing, nothing, nothing, nothing, nothing),
            registry=RegistryTable(listing, "registry"),
            topic_arn="arn",
            now=lambda: NOW,
            monotonic=lambda: 0.0,
            is_time_up=lambda: False,
            log=lambda *_, **__: None,
        )
    )
    return listing


def hold_all() -> object:
    """Return all that AWS lists, at once."""
    listing = Listing()
    return [list(_pages(listing)), listing.scan()]


def _pages(listing: Listing) -> Iterator[dict[str, Any]]:
    page = listing.describe_stacks()
    yield page
    while "NextToken" in page:
        page = listing.describe_stacks(page["NextToken"])
        yield page


def highest_mib(work: Callable[[], object]) -> float:
    """Return the most that Python held at a time during some work."""
    tracemalloc.start()
    held = work()
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del held
    return highest / 2**20


def _stack_id(number: int) -> str:
    name = f"mockenv-payments-env-pr-{number}"
    unique = f"{number:08x}-0000-0000-0000-000000000007"
    return f"arn:aws:cloudformation:eu-central-1:123456789012:stack/{name}/{unique}"


def _stack(number: int) -> dict[str, Any]:
    tags = {"project": "payments", "environment": f"pr-{number}", "ttl": "8h"}
    return {
        "StackId": _stack_id(number),
        "StackName": f"mockenv-payments-env-pr-{number}",
        "StackStatus": "CREATE_COMPLETE",
        "CreationTime": datetime.fromtimestamp(NOW - 60, UTC),
        "Tags": [{"Key": f"mockenv:{key}", "Value": value} for key, value in tags.items()],
        "Parameters": [
            {"ParameterKey": f"P{each}-{number}", "ParameterValue": f"value-{each}-{number}"}
            for each in range(12)
        ],
        "Outputs": [
            {"OutputKey": f"O{each}-{number}", "OutputValue": f"output-{each}-{number}"}
            for each in range(9)
        ],
    }


def _record(number: int) -> dict[str, Any]:
    texts = {"environment": f"pr-{number}", "stack_id": _stack_id(number), "state": "active"}
    numbers = {
        "generation": 1,
        "created_at": NOW - 60,
        "deployed_at": NOW - 60,
        "expires_at": NOW + 28_740,
        "ttl_seconds": 28_800,
        "max_ttl_seconds": 604_800,
    }
    return {key: {"S": value} for key, value in texts.items()} | {
        key: {"N": str(value)} for key, value in numbers.items()
    }
