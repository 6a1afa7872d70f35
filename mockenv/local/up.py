"""A local run from a settings file to its end, as `mockenv up` makes it."""

import json
import sys
import time
from functools import partial
from pathlib import Path

from mockenv.local.first_request import fetch_status, find_first_request
from mockenv.local.issuer_server import serving_issuer
from mockenv.local.issuer_site import IssuerSite
from mockenv.local.live_settings import LiveSettings, replace_file
from mockenv.local.plan import host_config_text, issuer_socket, plan_local_run
from mockenv.local.ports import reservations_folder, reserved_ports
from mockenv.local.report import Report, as_data, as_text
from mockenv.local.run import (
    Serving,
    StopRequest,
    local_place,
    run,
    state_folder,
    stop_on_signals,
)
from mockenv.local.token_issuer import TokenIssuer
from mockenv.local.token_warnings import token_warnings
from mockenv.local.tokens import (
    DEFAULT_SUBJECT,
    FIRST_TOKEN_SECONDS,
    issuer_kind,
    key_file,
    mint,
)
from mockenv.local.tools import find_tools
from mockenv.local.users import FirstUser, RunUsers
from mockenv.mock_host_config import sidecar_names
from mockenv.settings.local import Local
from mockenv.settings.resolve import EnvironmentSettings, resolve_local_run
from mockenv.sources import CONFIG_FILE


def run_environment(file: Path, environment: str, *, port: int, as_json: bool, quiet: bool) -> None:
    """Start an environment, tell on stdout how to use it, and run it until a stop is requested.

    Raises MockenvError for a mistake in the settings, a port in use, or a process that fails.
    """
    run_settings = resolve_local_run(file, environment)
    settings = run_settings.environment
    for line in token_warnings(settings.tokens):
        _tell(line)
    sidecars = sidecar_names(settings)
    tools = find_tools(with_mockserver=bool(sidecars))
    stop_request = StopRequest()
    with (
        stop_on_signals(stop_request),
        local_place(state_folder(file, environment)) as place,
        reserved_ports(sidecars, folder=reservations_folder()) as ports,
    ):
        issuer = TokenIssuer.create()
        issuer.save(key_file(place.state))
        plan = plan_local_run(
            settings,
            place=place,
            tools=tools,
            port=port,
            sidecar_ports=ports,
            issuer_kind=issuer_kind(issuer),
        )
        users = RunUsers(scopes=_all_scopes(settings))
        site = IssuerSite(issuer, users.of(run_settings.local))

        def apply(changed: EnvironmentSettings) -> None:
            replace_file(place.state / CONFIG_FILE, host_config_text(changed, place, ports))

        def apply_local(changed: Local) -> None:
            site.users = users.of(changed)

        live = LiveSettings(file, run_settings, apply=apply, apply_local=apply_local, tell=_tell)
        with serving_issuer(site, issuer_socket(place)):
            run(
                plan,
                place,
                on_ready=partial(
                    _announce, settings, issuer, users.first(run_settings.local), as_json
                ),
                on_log=_ignore if quiet or as_json else _tell,
                on_look=live.look,
                stop_request=stop_request,
            )
    _tell(f"{environment} is down")


def _announce(
    settings: EnvironmentSettings,
    issuer: TokenIssuer,
    user: FirstUser,
    as_json: bool,
    serving: Serving,
) -> None:
    token = _first_token(settings, issuer)
    report = Report(
        settings=settings,
        serving=serving,
        token=token,
        token_expires_at=time.time() + FIRST_TOKEN_SECONDS,
        first_path=find_first_request(
            settings, partial(fetch_status, serving.address.port, token_headers(settings, token))
        ),
        user=user,
    )
    print(json.dumps(as_data(report)) if as_json else as_text(report), flush=True)


def _first_token(settings: EnvironmentSettings, issuer: TokenIssuer) -> str | None:
    """Sign a token that opens every mock; None where none is needed."""
    if settings.tokens is None:
        return None
    return mint(issuer, DEFAULT_SUBJECT, _all_scopes(settings), FIRST_TOKEN_SECONDS)


def _all_scopes(settings: EnvironmentSettings) -> list[str]:
    return sorted({scope for mock in settings.mocks for scope in mock.scopes})


def token_headers(settings: EnvironmentSettings, token: str | None) -> dict[str, str]:
    """Return the header in which a caller of this environment sends a token."""
    if settings.tokens is None or token is None:
        return {}
    if settings.tokens.header == "authorization":
        return {"Authorization": f"Bearer {token}"}
    return {settings.tokens.header: token}


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _ignore(_: str) -> None:
    pass
