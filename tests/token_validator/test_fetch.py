"""Fetching from real HTTP servers that behave and that don't."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.error import HTTPError

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from http_issuer import BODY, issuer, send
from token_validator.fetch import (
    FETCH_TIMEOUT_SECONDS,
    MAX_DOCUMENT_BYTES,
    FetchError,
    Request,
    download,
    within,
)
from validator_tokens import p256_key


def fetch(url: str) -> bytes:
    return within(FETCH_TIMEOUT_SECONDS, lambda: download(Request(url)))


def test_the_body_of_an_answer_is_fetched() -> None:
    with issuer(send(200)) as url:
        assert fetch(url) == BODY


def test_the_largest_body_is_fetched_and_no_larger_one() -> None:
    with issuer(send(200, b"x" * MAX_DOCUMENT_BYTES)) as url:
        assert len(fetch(url)) == MAX_DOCUMENT_BYTES
    with (
        issuer(send(200, b"x" * (MAX_DOCUMENT_BYTES + 1))) as url,
        pytest.raises(FetchError, match="more than 1000000 bytes"),
    ):
        fetch(url)


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_an_error_is_no_document(status: int) -> None:
    with issuer(send(status)) as url, pytest.raises(FetchError, match=str(status)):
        fetch(url)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    asked: list[str] = []

    def elsewhere(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        send(200)(request)

    with issuer(elsewhere) as target, issuer(send(status, Location=target)) as url:
        with pytest.raises(FetchError, match=str(status)):
            fetch(url)
        assert asked == []


def test_a_redirect_is_an_error_of_its_own() -> None:
    with (
        issuer(send(302, Location="file:///etc/passwd")) as url,
        pytest.raises(HTTPError, match="302"),
    ):
        download(Request(url), 2)


def self_signed_certificate(path: Path) -> Path:
    """A certificate for localhost that nobody but itself vouches for, with its key."""
    key = p256_key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    key_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(key_pem + certificate.public_bytes(Encoding.PEM))
    return path


def test_an_issuer_that_nobody_vouches_for_is_not_believed(tmp_path: Path) -> None:
    certificate = self_signed_certificate(tmp_path / "issuer.pem")
    with (
        issuer(send(200), certificate) as url,
        pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        fetch(url)


def test_an_issuer_that_is_vouched_for_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed_certificate(tmp_path / "issuer.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with issuer(send(200), certificate) as url:
        assert fetch(url) == BODY


def test_an_issuer_that_is_down_is_said() -> None:
    with issuer(send(200)) as url:
        pass
    with pytest.raises(FetchError, match="refused"):
        fetch(url)


def test_an_issuer_that_does_not_answer_is_left() -> None:
    may_end = threading.Event()
    with issuer(lambda _: may_end.wait()) as url:
        try:
            with pytest.raises(FetchError, match="no answer within"):
                within(0.05, lambda: download(Request(url), 60))
        finally:
            may_end.set()


def test_a_connection_that_hangs_ends_by_itself() -> None:
    may_end = threading.Event()
    with issuer(lambda _: may_end.wait()) as url:
        try:
            with pytest.raises(TimeoutError):
                download(Request(url), 0.05)
        finally:
            may_end.set()


def test_a_body_that_drips_is_left() -> None:
    may_end = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            for _ in range(500):  # far longer than the limit, but not for ever
                request.wfile.write(b" ")
                if may_end.wait(0.01):
                    return
        except OSError:
            return

    with issuer(drip) as url:
        try:
            with pytest.raises(TimeoutError, match="too slowly"):
                download(Request(url), 0.1)
        finally:
            may_end.set()


def test_a_garbled_answer_is_an_error() -> None:
    def garble(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"\x00\x01\x02 not HTTP\r\n\r\n")

    with issuer(garble) as url, pytest.raises(FetchError, match="BadStatusLine"):
        fetch(url)


def test_loopback_is_asked_directly_whatever_proxy_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    with issuer(send(200)) as url:
        assert fetch(url) == BODY


def test_what_a_fetch_raises_is_said() -> None:
    def broken() -> bytes:
        raise ValueError("broken")

    with pytest.raises(FetchError, match="ValueError: broken"):
        within(5, broken)
