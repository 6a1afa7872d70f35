"""What there is in the account: stacks, buckets, records, messages; and how AWS lists it."""

import uuid
from collections import defaultdict
from itertools import count

from aws_simulator.dynamodb import Table
from aws_simulator.s3 import Bucket, Storage
from aws_simulator.stacks import GONE, SimulatedStack
from registration_samples import ASSETS_BUCKET, zipped

ACCOUNT = "123456789012"
REGION = "eu-central-1"
PROJECT = "payments"
START = 1_800_000_000.0


class Account:
    """An account and region at a time. Lists may be `list_lag_seconds` old and leave out stacks;
    what is gone is listed by its tags for `ghost_seconds` more.
    """

    page = 3
    call_timeout_seconds = 10

    def __init__(self) -> None:
        self.time = START
        self.table = Table()
        self.storage = Storage(
            {(ASSETS_BUCKET, "sources.zip"): zipped(), (ASSETS_BUCKET, "mock_host.mjs"): b""}
        )
        self.stacks: dict[str, SimulatedStack] = {}
        self.messages: list[tuple[float, str, str]] = []
        self.warnings_tried: dict[str, list[float]] = defaultdict(list)
        self.list_lag_seconds = 0.0
        self.left_out: set[str] = set()
        self.ghost_seconds = 1_200.0
        self._past: dict[str, list[tuple[float, SimulatedStack]]] = defaultdict(list)
        self._numbers = count(1)

    @property
    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self.time

    def find(self, name_or_id: str) -> SimulatedStack | None:
        """Return a stack by id, or the live one of a name."""
        if name_or_id in self.stacks:
            return self.stacks[name_or_id]
        named = [s for s in self.stacks.values() if s.name == name_or_id and s.status != GONE]
        return named[-1] if named else None

    def live(self, environment: str) -> SimulatedStack | None:
        """Return an environment's stack, unless there is none."""
        return self.find(f"mockenv-{PROJECT}-env-{environment}")

    def listed(self) -> list[SimulatedStack]:
        """Return stacks as they were a while ago, without those that the list leaves out."""
        seen_at = self.time - self.list_lag_seconds
        past = [_as_of(snapshots, seen_at) for snapshots in self._past.values()]
        return [stack for stack in past if stack and stack.name not in self.left_out]

    def add(self, stack: SimulatedStack) -> SimulatedStack:
        """Put a stack there as it is."""
        self.stacks[stack.stack_id] = stack
        self.remember(stack)
        return stack

    def new_stack_id(self, name: str) -> str:
        """Return an id that was never there."""
        number = uuid.UUID(int=(next(self._numbers) << 96) | 7)
        return f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/{number}"

    def remember(self, stack: SimulatedStack) -> None:
        """Keep what lists that are not up to date show."""
        self._past[stack.stack_id].append((self.time, stack.snapshot()))

    def new_bucket(self) -> Bucket:
        """Return an empty bucket."""
        return Bucket()

    def resources_deleted(self, stack: SimulatedStack) -> None:
        """Write down since when a stack's resources are gone."""
        stack.deleted_at = self.time

    def tagged(self, wanted: dict[str, str]) -> list[str]:
        """List what carries tags, and what did until a while ago."""
        return [
            arn
            for stack in self.stacks.values()
            if all(stack.tags.get(key) == value for key, value in wanted.items())
            for arn in self._resources(stack)
        ]

    def _resources(self, stack: SimulatedStack) -> list[str]:
        is_listed = stack.status != GONE or (
            self.time - (stack.deleted_at or 0) < self.ghost_seconds
        )
        return [f"arn:aws:s3:::{stack.bucket}", stack.service] if is_listed else []


def _as_of(snapshots: list[tuple[float, SimulatedStack]], time: float) -> SimulatedStack | None:
    seen = [snapshot for at, snapshot in snapshots if at <= time]
    return seen[-1] if seen else None
