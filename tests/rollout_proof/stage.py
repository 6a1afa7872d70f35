"""Where a deployment is played: a balancer, a service, and the processes that end with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rollout_proof import versions
from rollout_proof.balancer import Balancer, Group
from rollout_proof.service import Service, StartTask
from rollout_proof.task import Task, command_of
from rollout_proof.times import Template, Times, mock_host


@dataclass
class Stage:
    """One environment; `start` gives tasks of a version, whose sources are written on first use."""

    template: Template
    times: Times
    folder: Path
    balancer: Balancer
    service: Service
    _tasks: list[Task] = field(default_factory=list)

    def start(self, version: Callable[[Path], Path]) -> StartTask:
        """Return what starts a task of a version."""
        sources = version(self.folder / f"{len(list(self.folder.glob('*')))}")
        command = command_of(mock_host(self.template), self.times, sources)

        def start_one(group: Group) -> Task:
            task = Task.start(command, group, self.times)
            self._tasks.append(task)
            return task

        return start_one

    def close(self) -> None:
        """End everything."""
        for task in self._tasks:
            task.close()
        self.balancer.close()


@contextmanager
def set_up(
    template: Template, times: Times, folder: Path, *, tasks: int, groups: int
) -> Iterator[Stage]:
    """Bring up an environment with so many tasks of a good version."""
    folder.mkdir(parents=True)
    balancer = Balancer(times, groups)
    stage = Stage(template, times, folder, balancer, Service(balancer, times, tasks))
    try:
        stage.service.create(stage.start(versions.good))
        yield stage
    finally:
        stage.close()
