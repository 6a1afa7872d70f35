"""What a tool finds, and what is said to it where it is found."""

from typing import NamedTuple


class Finding(NamedTuple):
    """A rule that a resource of a stack breaks; `resource` is its logical id, or empty."""

    tool: str
    stack: str
    resource: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.stack}: {self.resource}: {self.rule} ({self.tool}): {self.message}"


class Acknowledgement(NamedTuple):
    """Why what a rule finds is right, at a construct (its path below the stack) and below it."""

    stack: str
    path: str
    rule: str
    reason: str

    def covers(self, finding: Finding, path: str) -> bool:
        """Tell whether it is said to a finding at a resource with this path."""
        at_or_below = f"{path}/".startswith(f"{self.path}/")
        return at_or_below and (self.stack, self.rule) == (finding.stack, finding.rule)
