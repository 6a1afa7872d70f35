"""Has the mock host itself load a folder of sources, as it will on AWS."""

import tempfile
from pathlib import Path

from mockenv.errors import ExitCode, MockenvError
from mockenv.local.plan import LOOPBACK, ProcessPlan
from mockenv.local.processes import RunningProcess, stop, wait_until_ready
from mockenv.local.tools import Tools
from mockenv.sources import CONFIG_FILE


def check_sources(folder: Path, tools: Tools) -> None:
    """Raise MockenvError, exit code 2, with the mock host's own words if it refuses the sources."""
    with tempfile.TemporaryDirectory(prefix="mockenv-check-") as place:
        process = RunningProcess(_plan(folder, tools, Path(place)))
        try:
            wait_until_ready([process], lambda: False)
        except MockenvError as error:
            raise MockenvError(
                process.failure() or error.message,
                next_step="correct the file; nothing was changed on AWS",
                exit_code=ExitCode.BAD_INPUT,
            ) from error
        finally:
            stop([process])


def _plan(folder: Path, tools: Tools, place: Path) -> ProcessPlan:
    command = (str(tools.node), str(tools.mock_host), "--config", str(folder / CONFIG_FILE))
    return ProcessPlan(
        name="mock host",
        # Without --check it would fill the MockServer of a mockenv up on the same port.
        arguments=(*command, "--host", LOOPBACK, "--port", "0", "--exit-with-stdin", "--check"),
        environment={},
        log=place / "mock-host.log",
        ready_within_seconds=60,
    )
