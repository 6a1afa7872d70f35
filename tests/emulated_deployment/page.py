"""docs/emulated-deployment.md, written from a run's record."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from emulated_deployment.not_shown import NOT_SHOWN
from emulated_deployment.record import DEPLOYED, REFUSED

HEAD = """\
# Deployed into an emulator

Written by `make emulated-deploy`; don't edit. Nothing of this is AWS: an emulator on loopback,
[ministack](https://pypi.org/project/ministack/), plays it. The CDK CLI is the real, pinned one
(`cdk bootstrap`, `synth`, `deploy`, `destroy`), the Lambda functions and the mock host are the real
programs, and `mockenv` was called as users call it.

Between synth and deploy the run leaves out of each template what the emulator refuses, and puts the
token validator's package for this machine in the place of the one for ARM. All else is deployed as
it was synthesized.
"""


def page(found: Mapping[str, Any]) -> str:
    """Write the page from a record."""
    versions = ", ".join(f"{name} {version}" for name, version in found["versions"].items())
    failed = sum(not check["passed"] for check in found["checks"])
    parts = [
        HEAD,
        f"{found['date']}, {found['seconds']} s; {versions}. "
        f"{len(found['checks'])} checks, {failed} not as they must be.\n",
        "## What was seen\n",
        *_checks(found["checks"]),
        "",
        "## What became of each type of resource\n",
        LEGEND,
        "\n".join(_types(found)) + "\n",
        "## What was not shown\n",
        "\n".join(_not_shown(found)),
    ]
    return "\n".join(parts) + "\n"


LEGEND = """\
How many there were in the templates of this run; how many the emulator's CloudFormation made; how
many of these their own service then had, by the call named; how many of the settings that the
template states that call repeats (not all calls tell all, or by the same name: what is missing may
be kept or ignored); how many resources there still were after the stack was deleted. A dash: there
is no such call, or no stack with this type was deployed here and the emulator was only asked
whether it takes it. At work: a check above saw the type do its part.
"""


def _checks(checks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    phase = ""
    for check in checks:
        if check["phase"] != phase:
            phase = check["phase"]
            yield f"\n**{phase}**\n"
        yield f"- {'' if check['passed'] else 'NOT: '}{check['what']}"


def _types(found: Mapping[str, Any]) -> Iterator[str]:
    at_work = _at_work(found)
    yield (
        "| type | emulator | in templates | made | its service has | settings that it repeats "
        "| after deletion | at work |"
    )
    yield "|---|---|---:|---:|---|---|---:|---|"
    for kind, fate in found["types"].items():
        yield _row(kind, fate, at_work=kind in at_work)


def _row(kind: str, fate: Mapping[str, Any], *, at_work: bool) -> str:
    deployed = fate["outcome"] == DEPLOYED
    looked_up = deployed and fate["lookup"]
    cells = (
        kind,
        _word(fate),
        fate["wanted"] or "–",
        fate["made"] if deployed else "–",
        f"{fate['found']}, {fate['lookup']}" if looked_up else "–",
        _settings(fate) if looked_up else "–",
        fate["stayed"] if looked_up else "–",
        "yes" if at_work else "",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _settings(fate: Mapping[str, Any]) -> str:
    missing = fate["unrepeated"]
    kept = f"{fate['settings'] - sum(missing.values())} of {fate['settings']}"
    return f"{kept}; not {', '.join(missing)}" if missing else kept


def _word(fate: Mapping[str, Any]) -> str:
    """Say what the emulator did with a type, or would do with one that was not deployed."""
    if fate["outcome"] == REFUSED:
        return "refused, left out" if fate["wanted"] else "would refuse it"
    if fate["outcome"] == DEPLOYED:
        return "took it" if fate["made"] == fate["wanted"] else "took some"
    return "would take it"


def _at_work(found: Mapping[str, Any]) -> set[str]:
    return {kind for check in found["checks"] if check["passed"] for kind in check["shows"]}


def _not_shown(found: Mapping[str, Any]) -> Iterator[str]:
    for name, why in NOT_SHOWN.items():
        yield f"- **{name}**: {why}."
    at_work = _at_work(found)
    by_outcome: dict[str, list[str]] = {}
    for kind, fate in found["types"].items():
        if kind not in at_work:
            by_outcome.setdefault(fate["outcome"], []).append(kind)
    for outcome, words in UNSEEN.items():
        if kinds := by_outcome.get(outcome):
            yield f"- **{words}**: {', '.join(kinds)}."


UNSEEN = {
    REFUSED: "types that were refused",
    "taken": "types of stacks that were not deployed here",
    DEPLOYED: "types that were deployed, and that nothing was seen to use",
}
