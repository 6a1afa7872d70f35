"""Versions of an environment's sources: good ones, and two kinds of broken ones."""

import json
from pathlib import Path

from mockenv.settings.resolve import resolve_environment
from mockenv.sources import write_sources

SETTINGS = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"
DOCUMENT = """\
openapi: 3.1.0
info: {title: Core, version: '1'}
paths:
  /:
    get:
      responses:
        '200':
          description: the version
          content: {application/json: {example: {version: 1}, schema: {type: object}}}
"""


def good(folder: Path) -> Path:
    """Write sources that serve; return their folder."""
    written = folder / "settings"
    written.mkdir(parents=True)
    (written / "core.yaml").write_text(DOCUMENT, encoding="utf-8")
    file = written / "mockenv.yaml"
    file.write_text(SETTINGS, encoding="utf-8")
    sources = folder / "sources"
    write_sources(resolve_environment(file, "int"), sources)
    return sources


def that_ends(folder: Path) -> Path:
    """Write sources that no mock host starts with."""
    sources = good(folder)
    (sources / "mocks" / "core" / "core.yaml").write_text("openapi: {", encoding="utf-8")
    return sources


def that_is_never_healthy(folder: Path) -> Path:
    """Write sources with a mock behind a server that isn't there; the discard port is closed."""
    sources = good(folder)
    file = sources / "environment.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    gone = {"name": "gone", "path": "/gone", "engine": "service", "upstream": "http://127.0.0.1:9"}
    config["mocks"].append(gone)
    file.write_text(json.dumps(config), encoding="utf-8")
    return sources
