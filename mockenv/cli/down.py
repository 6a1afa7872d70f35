"""`mockenv down`: ends what `mockenv up` started elsewhere."""

from mockenv.cli.options import (
    DEFAULT_ENVIRONMENT,
    DEFAULT_SETTINGS_FILE,
    EnvironmentName,
    SettingsPath,
)


def down(
    file: SettingsPath = DEFAULT_SETTINGS_FILE, env: EnvironmentName = DEFAULT_ENVIRONMENT
) -> None:
    """End the environment that mockenv up runs from this settings file."""
    import os  # noqa: PLC0415
    import signal  # noqa: PLC0415
    import time  # noqa: PLC0415

    import typer  # noqa: PLC0415

    from mockenv.errors import ExitCode, MockenvError  # noqa: PLC0415
    from mockenv.local.run import is_up, state_folder  # noqa: PLC0415

    state = state_folder(file, env)
    process_id = is_up(state)
    if process_id is None:
        raise MockenvError(
            f"the environment {env} of {file} is not up",
            next_step="start it with mockenv up, or name another one with --env and --file",
            exit_code=ExitCode.UNKNOWN_ENVIRONMENT,
        )
    os.kill(process_id, signal.SIGTERM)
    deadline = time.monotonic() + 15
    while is_up(state) == process_id:
        if time.monotonic() > deadline:
            raise MockenvError(
                f"process {process_id} does not end", next_step=f"kill it: kill -9 {process_id}"
            )
        time.sleep(0.05)
    typer.echo(f"{env} is down", err=True)
