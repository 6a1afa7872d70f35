"""What a user is told once a local environment serves."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mockenv.local.run import Serving
from mockenv.local.users import FirstUser
from mockenv.mock_host_config import sidecar_names
from mockenv.names import TOKEN_PATH
from mockenv.settings.resolve import EnvironmentSettings


@dataclass(frozen=True)
class Report:
    """All that is told; `token_expires_at` in seconds since 1970.

    `token` is None where none is needed; `user` is one to whom the local issuer gives tokens.
    """

    settings: EnvironmentSettings
    serving: Serving
    token: str | None
    token_expires_at: float
    first_path: str
    user: FirstUser


def curl_line(report: Report) -> str:
    """Return a command that can be pasted into a shell and answers 200."""
    address = f"'{report.serving.address.url}{report.first_path}'"
    if report.settings.tokens is None:
        return f"curl -i {address}"
    header = report.settings.tokens.header
    value = f"Bearer {report.token}" if header == "authorization" else report.token
    return f"curl -i -H '{header}: {value}' {address}"


def token_endpoint(report: Report) -> str:
    """Return the address at which a test suite asks for tokens (OAuth 2.0)."""
    return report.serving.address.url + TOKEN_PATH


def token_curl_line(report: Report) -> str:
    """Return a command that gets a token; curl asks for the password if it is not ours to tell."""
    name, password = report.user.name, report.user.password
    user = name if password is None else f"{name}:{password}"
    return f"curl -u {user} -d grant_type=client_credentials {token_endpoint(report)}"


def as_data(report: Report) -> dict[str, Any]:
    """Return the report for programs."""
    tokens = report.settings.tokens
    expires = datetime.fromtimestamp(report.token_expires_at, UTC).isoformat(timespec="seconds")
    return {
        "environment": report.settings.environment,
        "url": report.serving.address.url,
        "mocks": [
            {"name": mock.name, "path": mock.path, "engine": str(mock.engine)}
            for mock in report.settings.mocks
        ],
        "token_header": tokens.header if tokens else None,
        "token": report.token,
        "token_expires_at": expires if tokens else None,
        "token_endpoint": token_endpoint(report),
        "token_user": report.user.name,
        "token_password": report.user.password,
        "curl": curl_line(report),
        "started_in_seconds": round(report.serving.started_in_seconds, 3),
    }


def as_text(report: Report) -> str:
    """Return the report for people."""
    settings, serving = report.settings, report.serving
    return "\n".join(
        [
            f"{settings.project}/{settings.environment} is up "
            f"(in {serving.started_in_seconds:.1f} s)\n",
            f"  {serving.address.url}\n",
            *_table([("MOCK", "PATH", "ENGINE", "SOURCE"), *_rows(settings)]),
            *_dashboards(report),
            "",
            *_token_lines(report),
            "Try it:\n",
            f"  {curl_line(report)}\n",
            "Ctrl-C ends it.",
        ]
    )


def _token_lines(report: Report) -> Iterable[str]:
    if report.token is None:
        return ["No token is needed.\n"]
    expires = datetime.fromtimestamp(report.token_expires_at).astimezone()
    said = f"Token, valid until {expires:%H:%M} (mockenv token makes more):\n"
    asked = "For a test suite, a token of 30 s (docs/local.md):\n"
    return [said, f"  {report.token}\n", asked, f"  {token_curl_line(report)}\n"]


def _rows(settings: EnvironmentSettings) -> Iterable[tuple[str, ...]]:
    for mock in settings.mocks:
        yield mock.name, mock.path, str(mock.engine), _short(mock.source)


def _dashboards(report: Report) -> Iterable[str]:
    for name in sidecar_names(report.settings):
        path = f"/_mockenv/mocks/{name}/"
        yield f"\nMockServer's dashboard of {name}: {report.serving.address.url}{path}"


def _short(source: Path) -> str:
    relative = os.path.relpath(source)
    return str(source) if relative.startswith("..") else relative


def _table(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(cells).rstrip()
