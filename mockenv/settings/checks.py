"""What can be wrong although each value is right: files, collisions, sizes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mockenv.settings.container_checks import find_container_problems
from mockenv.settings.documents import DocumentError, inspect_source
from mockenv.settings.durations import parse_ttl
from mockenv.settings.environment_checks import find_environment_problems
from mockenv.settings.model import (
    Engine,
    EnvironmentProfile,
    Profile,
    SettingsFile,
)
from mockenv.settings.problems import Problem
from mockenv.settings.profiles import merged_profile, task_size
from mockenv.settings.sizes import MockLoad, needed_memory_mib, smallest_fitting_size
from mockenv.settings.token_checks import find_token_problems, open_problem
from mockenv.settings.yaml_source import KeyPath, YamlSource


def find_problems(source: YamlSource, settings: SettingsFile, folder: Path) -> list[Problem]:
    """List the mistakes of a file whose values are valid one by one, in the order of its lines."""
    loads, problems = _inspect_sources(source, settings, folder)
    problems += _collisions(source, settings)
    problems += _profile_problems(source, settings, loads)
    problems += find_environment_problems(source, settings)
    problems += find_container_problems(source, settings)
    return sorted(problems, key=lambda problem: problem.line)


def _collisions(source: YamlSource, settings: SettingsFile) -> Iterator[Problem]:
    """Find paths and rule priorities that stand in the file twice."""
    paths = {("mocks", name, "path"): mock.path for name, mock in settings.mocks.items()}
    priorities = {
        ("environments", name, "priority"): environment.priority
        for name, environment in settings.environments.items()
    }
    yield from _repeats(source, paths)
    yield from _repeats(source, priorities)
    yield from find_token_problems(source, settings)


def _repeats(source: YamlSource, values: dict[tuple[str, str, str], Any]) -> Iterator[Problem]:
    owner_by_value: dict[Any, str] = {}
    for path, value in values.items():
        if value in owner_by_value and value is not None:
            wrong = f"{value} is used by {owner_by_value[value]} already"
            yield source.problem(path, wrong, f"give {path[1]} a {path[2]} of its own")
        owner_by_value.setdefault(value, path[1])


def _inspect_sources(
    source: YamlSource, settings: SettingsFile, folder: Path
) -> tuple[list[MockLoad], list[Problem]]:
    loads, problems = [], []
    for name, mock in settings.mocks.items():
        key = "spec" if mock.spec else "expectations"
        try:
            loads.append(inspect_source(mock, folder))
        except DocumentError as error:
            path: KeyPath = ("mocks", name, key)
            problems += [source.problem(path, *mistake) for mistake in error.mistakes]
    return loads, problems


def _profile_problems(
    source: YamlSource, settings: SettingsFile, loads: list[MockLoad]
) -> list[Problem]:
    """Check what each environment comes to once its defaults are filled in."""
    candidates: dict[KeyPath, Profile] = {("defaults",): EnvironmentProfile()}
    candidates |= {("environments", name): env for name, env in settings.environments.items()}
    problems: dict[tuple[int, str], Problem] = {}
    for path, chosen in candidates.items():
        profile = merged_profile(settings.defaults, chosen)
        for problem in _problems_of(source, settings, loads, path, profile):
            problems[(problem.line, problem.key)] = problem
    return list(problems.values())


def _problems_of(
    source: YamlSource,
    settings: SettingsFile,
    loads: list[MockLoad],
    path: KeyPath,
    profile: dict[str, Any],
) -> Iterator[Problem]:
    for key, words in (
        ("size", _size_problem(loads, profile)),
        ("ttl", _ttl_problem(profile) or open_problem(settings, profile["ttl"])),
        ("tasks", _tasks_problem(settings, profile)),
        ("on_demand_base", _spot_problem(profile)),
    ):
        if words:
            yield source.problem(_stated_at(source, path, key), *words)


def _size_problem(loads: list[MockLoad], profile: dict[str, Any]) -> tuple[str, str] | None:
    need, size = needed_memory_mib(loads), task_size(profile["size"])
    if need <= size.memory_mib:
        return None
    wrong = f"a task has {size.memory_mib} MiB, but these mocks need about {need} MiB"
    return wrong, f"the smallest size that fits is {smallest_fitting_size(need)}"


def _ttl_problem(profile: dict[str, Any]) -> tuple[str, str] | None:
    ttl, max_ttl = parse_ttl(profile["ttl"]), parse_ttl(profile["max_ttl"])
    if max_ttl is None or (ttl is not None and ttl <= max_ttl) or ttl is None:
        return None
    wrong = f"ttl {profile['ttl']} is longer than max_ttl {profile['max_ttl']}"
    return wrong, "raise max_ttl or shorten ttl"


def _tasks_problem(settings: SettingsFile, profile: dict[str, Any]) -> tuple[str, str] | None:
    stateful = [
        name
        for name, mock in settings.mocks.items()
        if mock.engine is Engine.MOCKSERVER and not mock.stateless
    ]
    if not stateful or profile["tasks"].max == 1:
        return None
    wrong = f"{stateful[0]} keeps state in one task, so several tasks would answer differently"
    right = f"set max to 1, or stateless: true on {stateful[0]} if its expectations keep none"
    return wrong, right


def _spot_problem(profile: dict[str, Any]) -> tuple[str, str] | None:
    if profile["spot"] or not profile["on_demand_base"]:
        return None
    return "without spot all tasks are on demand", "add spot: true, or remove on_demand_base"


def _stated_at(source: YamlSource, path: KeyPath, key: str) -> KeyPath:
    """Return where a value of a profile is written: in the profile itself or in the defaults."""
    for candidate in ((*path, key), ("defaults", key)):
        if candidate in source.lines:
            return candidate
    return path
