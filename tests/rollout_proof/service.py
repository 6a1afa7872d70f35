"""What ECS does with a service's tasks at a deployment, as its developer guide describes it."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rollout_proof.balancer import Balancer, Group
from rollout_proof.task import Task
from rollout_proof.times import Times

LOOK_SECONDS = 0.02
COMPLETED = "completed"
ROLLED_BACK = "rolled back"

StartTask = Callable[[Group], Task]


@dataclass
class Service:
    """So many tasks behind a balancer, started by whoever knows their version."""

    balancer: Balancer
    times: Times
    desired: int
    tasks: list[Task] = field(default_factory=list)
    _ending: list[threading.Thread] = field(default_factory=list)
    _failures: int = 0

    def create(self, start: StartTask) -> None:
        """Bring up the first tasks; raises RuntimeError if one of them fails."""
        self.tasks = self._started(start, self.balancer.serving, self.desired)
        while not all(task.is_healthy for task in self.tasks):
            if any(task.has_failed for task in self.tasks):
                raise RuntimeError("a first task failed: is the mock host's bundle built (make)?")
            time.sleep(LOOK_SECONDS)

    def roll(self, start: StartTask) -> str:
        """Replace the tasks within the percentages; give up where too many new ones fail."""
        old, new, self._failures = self.tasks, list[Task](), 0
        most = math.floor(self.desired * self.times.most_percent / 100)
        while old or sum(task.is_healthy for task in new) < self.desired:
            room = min(self.desired, most - len(old)) - len(new)
            new = self._without_failed(new + self._started(start, self.balancer.serving, room))
            if self._is_broken:
                return self._take_back(new, old)
            old = self._let_go(old, new)
            time.sleep(LOOK_SECONDS)
        self.tasks = new
        self._wait_for_ends()
        return COMPLETED

    def swap(self, start: StartTask, is_alarmed: Callable[[], bool]) -> str:
        """Bring up as many new tasks in the other group, swap, wait for an alarm, end the old."""
        old, self._failures = self.tasks, 0
        blue = self.balancer.serving
        (green,) = (group for group in self.balancer.groups if group is not blue)
        new: list[Task] = []
        while sum(task.is_healthy for task in new) < self.desired:
            new = self._without_failed(new + self._started(start, green, self.desired - len(new)))
            if self._is_broken:
                return self._take_back(new, old)
            time.sleep(LOOK_SECONDS)
        self.balancer.serving = green
        if self._alarmed_while_baking(is_alarmed):
            self.balancer.serving = blue
            return self._take_back(new, old)
        self.tasks = new
        self._end_all(old)
        return COMPLETED

    def interrupt(self, start: StartTask) -> None:
        """Take a task's Spot capacity away: SIGTERM comes first, a new task is started beside."""
        taken, *left = self.tasks
        ended = threading.Thread(target=taken.stop, kwargs={"deregister_first": False})
        ended.start()
        self.tasks = [*left, *self._started(start, self.balancer.serving, 1)]
        ended.join()

    @property
    def _is_broken(self) -> bool:
        """The circuit breaker's default: half of the tasks, at least 3, at most 200."""
        return self._failures >= min(200, max(3, math.ceil(self.desired / 2)))

    def _started(self, start: StartTask, group: Group, count: int) -> list[Task]:
        started: list[Task] = []
        threads = [
            threading.Thread(target=lambda: started.append(start(group))) for _ in range(count)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return started

    def _without_failed(self, tasks: list[Task]) -> list[Task]:
        failed = [task for task in tasks if task.has_failed]
        self._failures += len(failed)
        for task in failed:
            self._end(task)
        return [task for task in tasks if task not in failed]

    def _let_go(self, old: list[Task], new: list[Task]) -> list[Task]:
        """End as many old tasks as the healthy ones allow."""
        least = math.ceil(self.desired * self.times.least_percent / 100)
        spare = sum(task.is_healthy for task in [*old, *new]) - least
        going = old[: max(0, spare)]
        for task in going:
            self._end(task)
        return old[len(going) :]

    def _alarmed_while_baking(self, is_alarmed: Callable[[], bool]) -> bool:
        until = time.monotonic() + self.times.bake
        while time.monotonic() < until:
            if is_alarmed():
                return True
            time.sleep(LOOK_SECONDS)
        return False

    def _take_back(self, new: list[Task], old: list[Task]) -> str:
        self.tasks = old
        self._end_all(new)
        return ROLLED_BACK

    def _end_all(self, tasks: list[Task]) -> None:
        for task in tasks:
            self._end(task)
        self._wait_for_ends()

    def _end(self, task: Task) -> None:
        thread = threading.Thread(target=task.stop)
        thread.start()
        self._ending.append(thread)

    def _wait_for_ends(self) -> None:
        for thread in self._ending:
            thread.join()
        self._ending = []
