"""The whole life of a project's stacks, phase by phase."""

from pathlib import Path

from emulated_deployment.caller import Caller
from emulated_deployment.in_place_of_task import balancer_name, caller, serving
from emulated_deployment.link import linked
from emulated_deployment.phases import (
    blue_green,
    deploying,
    ending,
    expiry,
    networks,
    own_domain,
    requests,
    using,
)
from emulated_deployment.projects import PROJECT, sample, with_mockserver
from emulated_deployment.run import Deployment, Run
from mockenv import names

FIRST, SECOND = "pr-123", "pr-7"
SCALED, ALONE = "load", "alone"


def play(run: Run) -> None:
    """Deploy, use, delete; a phase that fails is noted, and what can follow follows."""
    with run.findings.phase_of("The emulator starts"):
        _listens(run)
        deploying.bootstrap(run)
    file = sample(run.root, run.folder / "sample")
    with run.findings.phase_of("The shared stacks are deployed"):
        shared = run.deploy(file)
        deploying.shared_stacks(run)
    with run.findings.phase_of("An environment is deployed"):
        first = run.deploy(file, FIRST)
        deploying.environment(run, FIRST, first)
        _lives(run, file, first)
        _dies(run, file, shared, first)
    with run.findings.phase_of("The emulator, at the end"):
        _listens(run)


def _lives(run: Run, file: Path, first: Deployment) -> None:
    """Use the first environment, and deploy others beside it."""
    phase = run.findings.phase_of
    stack = names.environment_stack(PROJECT, FIRST)
    with linked(run.ministack.port, balancer_name(run)) as link, serving(run, stack, first.only):
        calling = caller(run, stack, link)
        with phase("Requests"):
            requests.token_check(run, calling)
            requests.routing(run, calling)
        with phase("Beside it: one with MockServer, one that scales, one with its own network"):
            _beside(run, file, calling, link)
        with phase("Beside it: a second load balancer, a VPC that was there before"):
            networks.play(run, calling)
        with phase("Beside it: a blue-green one"):
            blue_green.play(run, file, calling)
        with phase("Another project, with a domain and a key of its own"):
            own_domain.play(run)
        with phase("Commands"):
            using.commands(run, file)
            using.push(run, file, calling)
        with phase("Further deploys"):
            using.no_change(run, file)
            using.update(run, calling)


def _beside(run: Run, file: Path, calling: Caller, link: str) -> None:
    second = run.deploy(with_mockserver(run.folder / "with-mockserver"), SECOND)
    deploying.environment(run, SECOND, second)
    other = caller(run, names.environment_stack(PROJECT, SECOND), link)
    requests.side_by_side(run, calling, other)
    for name in (SCALED, ALONE):
        deployed = run.deploy(file, name)
        deploying.environment(run, name, deployed)
        ending.destroyed_by_cdk(run, name, deployed)


def _dies(run: Run, file: Path, shared: Deployment, first: Deployment) -> None:
    phase = run.findings.phase_of
    with phase("An end by command"):
        ending.destroyed_by_command(run, SECOND, file.parent)
    with phase("An end by time to live"):
        expiry.expired(run, FIRST, first.only, file.parent)
    with phase("The shared stacks are deleted"):
        ending.shared_stacks(run, shared)
    with phase("The guard, asked while there is an environment"):
        again = run.deploy(file)
        run.deploy(file, FIRST)
        ending.guarded(run, FIRST, again)


def _listens(run: Run) -> None:
    found = sorted(run.ministack.listens_at())
    run.findings.expect(
        "it listens on loopback only", found, [each.rpartition(":")[0] for each in found]
    )
