"""Downloads from a real https server."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from https_site import HttpsSite, https_site
from mockenv.download import LARGEST_BYTES, download
from mockenv.errors import MockenvError


class Handler(BaseHTTPRequestHandler):
    """Gives a file, redirects, breaks off, or sends without end."""

    def do_GET(self) -> None:
        if self.path == "/file.yaml":
            self._answer(200, b"A: {}\n")
        elif self.path == "/moved.yaml":
            self.send_response(302)
            self.send_header("Location", "/file.yaml")
            self.end_headers()
        elif self.path == "/large.yaml":
            self._answer(200, b"#" * (LARGEST_BYTES + 1))
        elif self.path == "/half.yaml":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"A:")
        else:
            self._answer(404, b"gone")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsSite]:
    with https_site(tmp_path_factory.mktemp("site"), Handler) as running:
        yield running


def test_a_file_comes_as_it_is(site: HttpsSite) -> None:
    assert download(f"{site.url}/file.yaml", site.trust) == b"A: {}\n"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone.yaml", "it answers 404"),
        ("/moved.yaml", "it redirects to "),
        ("/large.yaml", "it is larger than 20 MB"),
        ("/half.yaml", "it breaks off after 2 bytes"),
    ],
)
def test_anything_else_is_refused_with_its_reason(site: HttpsSite, path: str, reason: str) -> None:
    with pytest.raises(MockenvError, match=f"{path} can't be fetched: .*{reason}"):
        download(f"{site.url}{path}", site.trust)


def test_a_certificate_that_nobody_vouches_for_is_refused(site: HttpsSite) -> None:
    with pytest.raises(MockenvError, match=r"can't be fetched: .*certificate"):
        download(f"{site.url}/file.yaml")


def test_a_server_that_is_not_there_is_told(site: HttpsSite) -> None:
    with pytest.raises(MockenvError, match="can't be fetched"):
        download("https://127.0.0.1:1/file.yaml", site.trust)
