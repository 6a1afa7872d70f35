"""`mockenv destroy`: an environment, gone now."""

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


def destroy(
    environment: DeployedName,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="If that fails, leave behind what can't be deleted.")
    ] = False,
    wait: Annotated[
        int, typer.Option("--wait", min=60, max=7_200, help="Seconds to wait for its end.")
    ] = 1_800,
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """Delete a deployed environment, wait until it is gone, and say what is left over."""
    import json as json_format  # noqa: PLC0415
    import time  # noqa: PLC0415
    from functools import partial  # noqa: PLC0415

    from mockenv.cli.consent import require_consent  # noqa: PLC0415
    from mockenv.cloud import destruction_report as report  # noqa: PLC0415
    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.deletable import look_again, require_deletable  # noqa: PLC0415
    from mockenv.cloud.destruction import Destruction  # noqa: PLC0415
    from mockenv.cloud.lifetimes import find_stack  # noqa: PLC0415
    from mockenv.cloud.stack_resources import left_over, stack_resources  # noqa: PLC0415
    from mockenv.settings.project import check_environment_name, project_name  # noqa: PLC0415
    from ttl_cleanup.reaper.leftovers import tagged  # noqa: PLC0415

    tell = partial(typer.echo, err=True)
    check_environment_name(environment)
    project = project_name(file)
    with explained():
        clients = Clients(profile, region)
        stack = find_stack(clients.cloudformation, project, environment)
        require_deletable(stack)
        tell(report.what_goes(stack, stack_resources(clients.cloudformation, stack.stack_id)))
        if require_consent(f"Delete {environment}?", yes=yes):
            look_again(clients.cloudformation, stack)
        tell(f"deleting {environment} (Ctrl-C ends the waiting, not the deletion)")
        destruction = Destruction(
            stack,
            project,
            clients.cloudformation,
            clients.s3,
            clients.ecs,
            tell=tell,
            clock=time.monotonic,
            wait=time.sleep,
        )
        progress = destruction.carry_out(force=force, wait_seconds=wait)
        still_tagged = tagged(clients.tagging, project, environment)
    remaining = left_over(still_tagged, stack, progress.resources)
    outcome = report.Outcome(stack, progress, remaining)
    if json:
        typer.echo(json_format.dumps(outcome.as_data()))
    outcome.require_gone()
    tell(f"{environment} is gone, all of it")
