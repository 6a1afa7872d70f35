"""`mockenv push`: changed mocks, into a deployed environment, without a deployment."""

from mockenv.cli.options import (
    DEFAULT_SETTINGS_FILE,
    DeployedName,
    Json,
    Profile,
    Region,
    SettingsPath,
    WaitSeconds,
)


def push(
    environment: DeployedName,
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    wait: WaitSeconds = 90,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """Bring the mocks of mockenv.yaml into a deployed environment as one atomic change."""
    from functools import partial  # noqa: PLC0415

    import typer  # noqa: PLC0415

    from mockenv.cloud import commands  # noqa: PLC0415
    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.check_sources import check_sources  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.push import push as push_sources  # noqa: PLC0415
    from mockenv.live_secrets import find_live_secrets  # noqa: PLC0415
    from mockenv.local.tools import find_tools  # noqa: PLC0415
    from mockenv.settings.resolve import resolve_environment  # noqa: PLC0415

    tell = partial(typer.echo, err=True)
    settings = resolve_environment(file, environment)
    for secret in find_live_secrets(settings.mocks):
        tell(f"warning: {secret}")
    check = partial(check_sources, tools=find_tools())
    with explained():
        clients = Clients(profile, region)
        opened = commands.open_whole_environment(clients, settings.project, environment)
        pushed = push_sources(
            settings, opened.store, pushed_by=commands.who_pushes(clients), check=check
        )
        if pushed.current_since is None:
            tell(f"{environment} has version {pushed.version} already; nothing was changed")
        else:
            tell(f"{environment} has version {pushed.version} now, in place of {pushed.previous}")
        commands.await_rollout(opened, pushed, wait_seconds=wait, tell=tell)
    typer.echo(commands.result_text(pushed, json))
