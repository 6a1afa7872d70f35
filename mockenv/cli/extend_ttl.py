"""`mockenv extend-ttl`: more time for a deployed environment."""

from typing import Annotated

import typer

from mockenv.cli.options import (
    DEFAULT_SETTINGS_FILE,
    DeployedName,
    Json,
    Profile,
    Region,
    SettingsPath,
)


def extend_ttl(
    environment: DeployedName,
    hours: Annotated[
        float | None, typer.Option(min=0.1, max=8_760, help="So much later than it would end.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(help="2026-11-21T18:00, local time; or with a zone: …Z, …+01:00."),
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Keep it until it is unpinned.")] = False,
    unpin: Annotated[bool, typer.Option("--unpin", help="Give it an end again.")] = False,
    beyond_max: Annotated[
        bool, typer.Option("--beyond-max", help="Go past max_ttl of mockenv.yaml.")
    ] = False,
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """Let a deployed environment live longer, without a deployment."""
    import json as json_format  # noqa: PLC0415
    import time  # noqa: PLC0415

    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.extension import Wish, extend  # noqa: PLC0415
    from mockenv.cloud.extension_report import as_text  # noqa: PLC0415
    from mockenv.cloud.lifetimes import find_stack  # noqa: PLC0415
    from mockenv.cloud.shared_stacks import open_registry  # noqa: PLC0415
    from mockenv.cloud.times import parse_until  # noqa: PLC0415
    from mockenv.settings.project import check_environment_name, project_name  # noqa: PLC0415

    check_environment_name(environment)
    now = int(time.time())
    end = parse_until(until, now) if until is not None else None
    wish = Wish(hours, end, pin, unpin, beyond_max)
    wish.require_one()
    project = project_name(file)
    with explained():
        clients = Clients(profile, region)
        registry = open_registry(clients, project)
        stack = find_stack(clients.cloudformation, project, environment)
        extension = extend(registry, stack, wish, now=lambda: now)
    typer.echo(json_format.dumps(extension.as_data()) if json else as_text(extension, now))
