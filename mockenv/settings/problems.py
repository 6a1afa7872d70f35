"""What is wrong in a settings file, and how a user is told."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mockenv.errors import ExitCode, MockenvError


@dataclass(frozen=True)
class Problem:
    """One mistake: where (file, 1-based line, dotted key), what is wrong, what would be right."""

    file: str
    line: int
    key: str
    wrong: str
    right: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: {self.key}" if self.key else f"{self.file}:{self.line}"
        return f"{where}: {self.wrong}\n    {self.right}"


class SettingsError(MockenvError):
    """The settings file can't be used; `problems` lists every mistake that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "\n".join(str(problem) for problem in self.problems),
            next_step=f"correct {self.problems[0].file}, then run the command again",
            exit_code=ExitCode.BAD_INPUT,
        )

    def as_data(self) -> list[dict[str, Any]]:
        """Return the problems as plain data, for `--json`."""
        return [asdict(problem) for problem in self.problems]
