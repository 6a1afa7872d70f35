"""Reads YAML together with the line of each key, and refuses what YAML lets pass silently."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mockenv.settings.problems import Problem, SettingsError
from mockenv.settings.yaml_loader import Loader, check_nesting

KeyPath = tuple[str | int, ...]
DEEPEST_NESTING = 30  # settings need six levels


@dataclass(frozen=True)
class YamlSource:
    """A parsed file: its plain data and the 1-based line on which each key stands."""

    name: str
    data: Any
    lines: dict[KeyPath, int]

    def line_of(self, path: KeyPath) -> int:
        """Return the line of a key, or that of its nearest ancestor that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: KeyPath, wrong: str, right: str) -> Problem:
        """Describe a mistake at a key of this file."""
        return Problem(self.name, self.line_of(path), ".".join(map(str, path)), wrong, right)


def read_yaml(file: Path) -> YamlSource:
    """Read one YAML document; raises SettingsError if it is missing, broken or repeats a key."""
    text = _read_text(file)
    try:
        check_nesting(text, DEEPEST_NESTING)
        return _parse(file.name, text)
    except yaml.YAMLError as error:
        raise SettingsError([_syntax_problem(file.name, error)]) from error


def _parse(name: str, text: str) -> YamlSource:
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return YamlSource(name, None, {})
        problems = tuple(_unusable(name, node))
        if problems:
            raise SettingsError(problems)
        return YamlSource(name, loader.construct_document(node), dict(_lines(node, ())))
    finally:
        loader.dispose()


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        right = (
            "run mockenv in the folder that has it, or name it with --file (make: FILE=); "
            "mockenv init makes one"
        )
        wrong = f"can't be read ({error.strerror})"
        raise SettingsError([Problem(str(file), 1, "", wrong, right)]) from error
    except UnicodeDecodeError as error:
        right = "save it as UTF-8 text"
        raise SettingsError([Problem(str(file), 1, "", "is not UTF-8 text", right)]) from error


def _syntax_problem(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    if reason.startswith("could not determine a constructor"):
        reason = "a word that starts with ! needs quotes"  # it may be a password: never repeat it
    line = mark.line + 1 if mark else 1
    return Problem(
        name, line, "", f"is not valid YAML: {reason}", "check the indentation and quotes"
    )


def _lines(node: yaml.Node, path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
    if path == ():
        yield (), node.start_mark.line + 1
    for step, line, child in _children(node):
        yield (*path, step), line
        yield from _lines(child, (*path, step))


def _children(node: yaml.Node) -> Iterator[tuple[str | int, int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield index, item.start_mark.line + 1, item


def _unusable(name: str, root: yaml.Node) -> Iterator[Problem]:
    """Find aliases (they can nest without end) and repeated keys (YAML silently drops one)."""
    seen = {id(root)}
    waiting: list[tuple[KeyPath, yaml.Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        first_lines: dict[str | int, int] = {}
        for step, line, child in _children(node):
            child_path = (*path, step)
            key = ".".join(map(str, child_path))
            if id(child) in seen:
                yield Problem(name, line, key, "is a YAML alias", "write the value out")
                continue
            if step in first_lines:
                right = f"keep one of the two (the first is on line {first_lines[step]})"
                yield Problem(name, line, key, "this key stands here a second time", right)
            first_lines.setdefault(step, line)
            seen.add(id(child))
            waiting.append((child_path, child))
