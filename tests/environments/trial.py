"""One environment after the other, each in an app of its own: synthesized, and held to limits.

An app of its own costs little (decision 023) and lets hypothesis name and shrink the one at fault.
"""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from environments.coverage import SHARED, kinds_of
from environments.files import Drawn
from environments.limits import broken_limits, broken_tags
from environments.physical_names import unique_names
from mock_constructs.settings_variable import MOST_SETTINGS_BYTES
from mockenv.errors import MockenvError
from mockenv.settings.resolve import resolve_environment
from synthesized import Synthesized, synthesize_one, synthesize_shared, write_settings


class Trial:
    """Tries environments below a folder, and keeps count of what they were.

    `kept` are the assemblies of those at whose turn `keep_every` came, for linters.
    """

    def __init__(self, folder: Path, *, keep_every: int | None = None) -> None:
        self.tried = 0
        self.refused: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.kept: list[Synthesized] = []
        self._folder = folder
        self._keep_every = keep_every
        self._owners: dict[tuple[str, str], str] = {}

    def attempt(self, drawn: Drawn) -> None:
        """Try one; AssertionError for a limit that it breaks, SettingsError for a bad drawing."""
        folder = self._folder / str(self.tried)
        settings = resolve_environment(write_settings(folder, drawn.text), drawn.environment)
        self.tried += 1
        try:
            synthesized = synthesize_one(folder, drawn.environment, drawn.text)
        except MockenvError as error:
            self._refused(error)
        else:
            self._judge(synthesized)
            self.kinds.update(set(kinds_of(settings)))
            self._judge_shared(folder, drawn)
            if self._keep_every and self.tried % self._keep_every == 0:
                self.kept.append(synthesized)
                return
        shutil.rmtree(folder)

    def claim(self, template: dict[str, Any], stack_name: str) -> None:
        """Take the names of a template; AssertionError if another stack has one of them."""
        for name in unique_names(template):
            assert self._owners.setdefault(name, stack_name) == stack_name, name

    def _judge_shared(self, folder: Path, drawn: Drawn) -> None:
        if drawn.with_shared:
            self._judge(synthesize_shared(folder, drawn.text))
            self.kinds[SHARED] += 1

    def _judge(self, synthesized: Synthesized) -> None:
        for stack in synthesized.stacks():
            text = (synthesized.folder / f"{stack}.template.json").read_text(encoding="utf-8")
            template = json.loads(text)
            stated = synthesized.manifest(stack)
            broken = [*broken_limits(template, text), *broken_tags(stated.get("tags", {}))]
            assert broken == []
            self.claim(template, stated["stackName"])
            self._note(resources=len(template["Resources"]), template_bytes=len(text.encode()))

    def _note(self, **figures: int) -> None:
        for name, figure in figures.items():
            self.most[name] = max(self.most[name], figure)

    def _refused(self, error: MockenvError) -> None:
        """Admit the one refusal that only a synth can tell; it must say what to do."""
        assert f"holds {MOST_SETTINGS_BYTES}" in error.message, error.message
        assert error.next_step
        self.refused["token settings that no Lambda function can hold"] += 1
