"""How many containers the mocks of a file come to in one task."""

from collections.abc import Iterator

from mockenv.settings.model import Engine, SettingsFile
from mockenv.settings.problems import Problem
from mockenv.settings.yaml_source import YamlSource

# A task definition holds 10 (Amazon ECS service quotas, not adjustable); config loader and mock
# host are two of them, each mock of MockServer has one.
MOST_MOCKSERVERS = 8


def find_container_problems(source: YamlSource, settings: SettingsFile) -> Iterator[Problem]:
    """Find the mocks that a task has no container left for."""
    served = [name for name, mock in settings.mocks.items() if mock.engine is Engine.MOCKSERVER]
    for name in served[MOST_MOCKSERVERS:]:
        wrong = f"a task has room for {MOST_MOCKSERVERS} mocks of MockServer, and there are more"
        right = "put the expectations of several into one mock, or split the environment"
        yield source.problem(("mocks", name, "engine"), wrong, right)
