"""The tasks of an ECS service on Fargate: launched one after another, ready after a while."""

from collections import deque

# AWS Fargate, "Fargate throttling quotas": 20 launches a second; its burst of 100 is left out.
LAUNCHES_PER_SECOND = 20


class Fleet:
    """Follows the desired number of tasks, second by second."""

    def __init__(self, tasks: int, start_seconds: int) -> None:
        self.healthy = tasks
        self.running = tasks  # those too that do not serve yet
        self._start_seconds = start_seconds
        self._starting: deque[tuple[int, int]] = deque()  # when they are ready, how many

    def follow(self, desired: int, now: int) -> None:
        """Let one second pass: some become ready, some are launched, or some are stopped."""
        while self._starting and self._starting[0][0] <= now:
            self.healthy += self._starting.popleft()[1]
        missing = desired - self.running
        if missing > 0:
            launched = min(missing, LAUNCHES_PER_SECOND)
            self._starting.append((now + self._start_seconds, launched))
            self.running += launched
        elif missing < 0:
            self._stop(-missing)

    def _stop(self, count: int) -> None:
        """Stop those first that do not serve yet, the latest first."""
        self.running -= count
        while count and self._starting:
            ready_at, starting = self._starting.pop()
            stopped = min(count, starting)
            count -= stopped
            if starting > stopped:
                self._starting.append((ready_at, starting - stopped))
        self.healthy -= count
