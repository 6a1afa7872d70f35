"""`mockenv reap`: the cleanup, now."""

from typing import Annotated

import typer

from mockenv.cli.options import DEFAULT_SETTINGS_FILE, Json, Profile, Region, SettingsPath


def reap(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would do, and why; change nothing.")
    ] = False,
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """Run the deployed reaper now, or show what it would do with each environment."""
    import json as json_format  # noqa: PLC0415

    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.reap_now import reap_now  # noqa: PLC0415
    from mockenv.settings.project import project_name  # noqa: PLC0415

    project = project_name(file)
    if dry_run:
        _show_plan(project, profile, region, json)
        return
    with explained():
        clients = Clients(profile, region)
        run = reap_now(clients.functions, clients.ssm, project)
    typer.echo(json_format.dumps(run.as_data()) if json else run.as_text())
    run.require_success(project)


def _show_plan(project: str, profile: str | None, region: str | None, json: bool) -> None:
    import json as json_format  # noqa: PLC0415
    import time  # noqa: PLC0415

    from mockenv.cloud import reap_report  # noqa: PLC0415
    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.inventory import inventory  # noqa: PLC0415
    from mockenv.cloud.list_report import in_order  # noqa: PLC0415
    from mockenv.cloud.reap_plan import planned  # noqa: PLC0415
    from mockenv.cloud.shared_stacks import open_registry  # noqa: PLC0415

    with explained():
        clients = Clients(profile, region)
        registry = open_registry(clients, project)
        found = inventory(clients.cloudformation, registry, project)
    now = int(time.time())
    plan = [planned(each, now) for each in in_order(found)]
    data = [each.as_data() for each in plan]
    typer.echo(json_format.dumps(data) if json else reap_report.as_text(plan))
