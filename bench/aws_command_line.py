"""What commands that ask AWS cost beside the bare calls."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.deployed_environment import ENVIRONMENT, PROJECT, deployed_environment
from bench.process_time import time_process
from bench.reaper_run import ENVIRONMENTS, OWNER, STACKS_IN_A_PAGE, Listing, highest_mib, hold_all
from bench.result import Result, interleave
from mockenv.cloud.inventory import inventory
from mockenv.cloud.shared_stacks import open_registry

BARE = Path(__file__).parent / "bare_extend.py"
SETTINGS = f"project: {PROJECT}\n"


def measure_commands(rounds: int) -> list[Result]:
    """Measure `extend-ttl` as a process, and the list of a thousand environments."""
    return [_extend(rounds), *_list(rounds)]


def _extend(rounds: int) -> Result:
    program = str(Path(sys.executable).parent / "mockenv")
    with deployed_environment() as variables, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mockenv.yaml"
        file.write_text(SETTINGS)
        extend = [program, "extend-ttl", ENVIRONMENT, "--hours", "0.1", "--file", str(file)]
        ours, theirs = interleave(
            [
                lambda: time_process(extend, BARE.parent, variables).cpu,
                lambda: time_process([sys.executable, str(BARE)], BARE.parent, variables).cpu,
            ],
            rounds,
        )
    return Result(
        name="`mockenv extend-ttl`, to its end",
        unit="CPU s",
        ours=ours,
        theirs=theirs,
        compared_with="a bare boto3 script with the same calls",
        limit=1.5,
    )


@dataclass(frozen=True)
class _Clients:
    """One listing in every role."""

    listing: "_Account"

    @property
    def ssm(self) -> Any:
        return self.listing

    @property
    def dynamodb(self) -> Any:
        return self.listing


class _Account(Listing):
    """The listing, with the parameter that names the registry."""

    def get_parameter(self, **_: Any) -> dict[str, Any]:
        self.calls["GetParameter"] += 1
        return {"Parameter": {"Value": "registry"}}


def _list(rounds: int) -> list[Result]:
    pages = ENVIRONMENTS / STACKS_IN_A_PAGE
    return [
        Result(
            "`mockenv list` of 1,000 environments",
            "calls",
            tuple(float(sum(_listed().calls.values())) for _ in range(rounds)),
            (pages + 3,) * rounds,
            "pages of the list, and 3",
            limit=1,
        ),
        Result(
            "the same, memory at its highest",
            "MiB",
            tuple(highest_mib(_listed) for _ in range(rounds)),
            tuple(highest_mib(hold_all) for _ in range(rounds)),
            "holding all that is listed",
            limit=0.75,
        ),
    ]


def _listed() -> _Account:
    account = _Account()
    registry = open_registry(_Clients(account), OWNER.project)
    found = inventory(account, registry, OWNER.project)
    if len(found) != ENVIRONMENTS or any(each.record is None for each in found):
        raise RuntimeError(f"{len(found)} of {ENVIRONMENTS} environments were listed whole")
    return account
