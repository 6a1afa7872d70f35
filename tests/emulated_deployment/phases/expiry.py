"""An environment's time is over: warned, deleted by the reaper, forgotten."""

from pathlib import Path

from emulated_deployment.phases import audience
from emulated_deployment.phases.deploying import published, registry_record
from emulated_deployment.phases.traces import gone
from emulated_deployment.projects import PROJECT
from emulated_deployment.run import Run
from mockenv import names

HOUR = 3_600
CLOCK = Path(__file__).resolve().parents[1] / "clock"


def expired(run: Run, name: str, outputs: dict[str, str], folder: Path) -> None:
    """Warned, then deleted, then forgotten; the reaper's clock is put ahead for it."""
    stack = names.environment_stack(PROJECT, name)
    queue = audience.listen(run)
    put_clock_ahead(run, 8 * HOUR + 50 * 60)
    code, reaped, said = run.command("reap", folder=folder)
    heard = audience.heard(run, queue)
    run.findings.expect(
        "10 minutes before the end: whoever listens to the topic is told",
        code == 0 and name in heard,
        heard or said or reaped,
        "AWS::SNS::Topic",
    )
    run.findings.expect(
        "and nothing is deleted",
        run.stack_state(stack) != "gone",
        run.stack_state(stack),
    )
    put_clock_ahead(run, 9 * HOUR + 10 * 60)
    code, reaped, said = run.command("reap", folder=folder)
    run.findings.expect(
        "10 minutes after it: the reaper deletes the stack",
        code == 0,
        said or reaped,
        "AWS::Lambda::Function",
    )
    gone(run, name, outputs["ConfigBucket"])
    put_clock_ahead(run, 9 * HOUR + 20 * 60)
    run.command("reap", folder=folder)
    forgotten(run, name, folder)
    heard = audience.heard(run, queue)
    run.findings.expect("people are told that it is gone", f"{name} is gone" in heard, heard)


def forgotten(run: Run, name: str, folder: Path) -> None:
    """The record goes last: a day after the stack if tags go on to list what it held."""
    waiting = registry_record(run, name)
    put_clock_ahead(run, 34 * HOUR)
    run.command("reap", folder=folder)
    record = registry_record(run, name)
    run.findings.expect(
        f"the record of {name} is dropped a day later, as tags still list it",
        waiting.get("state") == "deleting" and not record,
        record or "no record",
        "AWS::DynamoDB::Table",
    )


def put_clock_ahead(run: Run, seconds: int) -> None:
    """Have the reaper's function run in a later time, by Python's own way of site customization."""
    functions = run.ministack.client("lambda")
    name = published(run)["reaper-function-name"]
    variables = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    ahead = {"PYTHONPATH": str(CLOCK), "CLOCK_AHEAD_SECONDS": str(seconds)}
    functions.update_function_configuration(
        FunctionName=name, Environment={"Variables": variables | ahead}
    )
