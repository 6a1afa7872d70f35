"""`mockenv fetch`, from a real https server."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from cli.program import run
from https_site import HttpsSite, https_site

DOCUMENT = """\
openapi: 3.1.0
info: {title: core, version: '1'}
paths: {}
components: {schemas: {Price: {$ref: 'SITE/money.yaml#/Money'}}}
"""


class Schemas(BaseHTTPRequestHandler):
    """Has one file."""

    def do_GET(self) -> None:
        body = b"Money: {type: string}\n" if self.path == "/money.yaml" else b"none"
        self.send_response(200 if self.path == "/money.yaml" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsSite]:
    with https_site(tmp_path_factory.mktemp("site"), Schemas) as running:
        yield running


def write(folder: Path, site: HttpsSite, allowed: str) -> None:
    (folder / "core.yaml").write_text(DOCUMENT.replace("SITE", site.url))
    mock = f"{{path: /, spec: core.yaml, remote_refs: [{allowed}]}}"
    (folder / "mockenv.yaml").write_text(f"project: shop\nmocks: {{core: {mock}}}\n")


def test_it_copies_and_tells_what(tmp_path: Path, site: HttpsSite) -> None:
    write(tmp_path, site, f"{site.url}/")
    trusting = {"SSL_CERT_FILE": str(site.certificate)}
    done = run("fetch", "--json", folder=tmp_path, **trusting)
    assert done.returncode == 0, done.stderr
    (told,) = json.loads(done.stdout)["files"]
    assert (told["url"], told["change"]) == (f"{site.url}/money.yaml", "new")
    assert Path(told["file"]).read_text() == "Money: {type: string}\n"
    again = run("fetch", folder=tmp_path, **trusting)
    assert again.stdout.startswith("same ")
    assert again.stdout.endswith("money.yaml\n")


def test_what_is_not_allowed_is_bad_input(tmp_path: Path, site: HttpsSite) -> None:
    write(tmp_path, site, "https://elsewhere.example.com/")
    done = run("fetch", folder=tmp_path)
    assert done.returncode == 2
    assert "money.yaml, which is not allowed" in done.stderr
    assert "→ add it, or its folder with a slash, to remote_refs of core" in done.stderr


def test_without_trust_nothing_is_written(tmp_path: Path, site: HttpsSite) -> None:
    write(tmp_path, site, f"{site.url}/")
    done = run("fetch", folder=tmp_path)
    assert done.returncode == 1
    assert "can't be fetched" in done.stderr
    assert not (tmp_path / "remote-refs").exists()


def test_documents_without_remote_files_need_none(tmp_path: Path) -> None:
    (tmp_path / "core.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"
    )
    (tmp_path / "mockenv.yaml").write_text(
        "project: shop\nmocks: {core: {path: /, spec: core.yaml}}\n"
    )
    done = run("fetch", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "no document refers to a remote file\n")
