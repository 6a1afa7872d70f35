"""What people do with environments: commands, deploys that change something or nothing."""

import shutil
from pathlib import Path

from emulated_deployment.caller import Caller
from emulated_deployment.phases.deploying import log_messages, registry_record
from emulated_deployment.phases.requests import RIGHT
from emulated_deployment.projects import NAME, OTHER_NAME, PROJECT, sample
from emulated_deployment.run import Run
from waiting import eventually

PUSHED_NAME = "name: Pushed API"


def commands(run: Run, file: Path) -> None:
    """`list`, `status`, `extend-ttl`, `reap`."""
    folder = file.parent
    code, listed, _ = run.command("list", folder=folder)
    run.findings.expect("mockenv list", code == 0 and "pr-123" in str(listed), listed)
    code, status, _ = run.command("status", "pr-123", folder=folder)
    run.findings.expect("mockenv status", code == 0, status, "AWS::ECS::Service")
    before = registry_record(run, "pr-123")
    code, extended, _ = run.command("extend-ttl", "pr-123", "--hours", "1", folder=folder)
    after = registry_record(run, "pr-123")
    run.findings.expect(
        "mockenv extend-ttl --hours 1: the record ends later",
        code == 0 and after != before,
        extended,
        "AWS::DynamoDB::Table",
    )
    code, plan, _ = run.command("reap", "--dry-run", folder=folder)
    run.findings.expect("mockenv reap --dry-run: nothing to do yet", code == 0, plan)
    code, reaped, said = run.command("reap", folder=folder)
    run.findings.expect(
        "mockenv reap: the function runs, nothing to do yet",
        code == 0,
        said or reaped,
        "AWS::Lambda::Function",
    )
    code, _, said = run.command("status", "pr-404", folder=folder)
    run.findings.expect("an unknown environment: exit code 3", code == 3, said)


def push(run: Run, file: Path, caller: Caller) -> None:
    """`push` brings a changed mock to the running host, `rollback` takes it back."""
    changed = run.folder / "pushed"
    shutil.copytree(file.parent, changed, dirs_exist_ok=True)
    core = changed / "mocks" / "core.yaml"
    core.write_text(core.read_text().replace(NAME, PUSHED_NAME))
    code, _, said = run.command("push", "pr-123", folder=changed)
    run.findings.expect(
        "mockenv push: the task says that it serves it",
        code == 0 and "Pushed API" in caller.gateway("/", RIGHT).body,
        said,
        "AWS::S3::Bucket",
        "AWS::Logs::LogGroup",
    )
    code, _, said = run.command("rollback", "pr-123", "--to", "previous", folder=changed)
    run.findings.expect(
        "mockenv rollback --to previous",
        code == 0 and "Core API" in caller.gateway("/", RIGHT).body,
        said,
    )


def no_change(run: Run, file: Path) -> None:
    """A deploy that changes nothing calls nobody."""
    before = len(log_messages(run, f"/mockenv/{PROJECT}/registration"))
    printed = run.deploy(file, "pr-123").printed
    after = len(log_messages(run, f"/mockenv/{PROJECT}/registration"))
    run.findings.expect(
        "a deploy that changes nothing: no update, the registration is not called",
        "no changes" in printed and before == after,
        "no changes" if "no changes" in printed else printed,
    )


def update(run: Run, caller: Caller) -> None:
    """A deploy of changed sources calls the registration, and running hosts follow."""
    old = registry_record(run, "pr-123")
    file = sample(run.root, run.folder / "renamed", renamed=True)
    outputs = run.deploy(file, "pr-123").only
    new = registry_record(run, "pr-123")
    run.findings.expect(
        "a deploy of changed sources: a new version in the record",
        new["version"] == outputs["Version"] != old["version"],
        f"{old['version']} -> {new['version']}",
        "Custom::MockenvRegistration",
    )
    renamed = OTHER_NAME.removeprefix("name: ")
    run.findings.expect(
        "the running host serves it",
        eventually(lambda: renamed in caller.gateway("/", RIGHT).body),
        caller.gateway("/", RIGHT),
    )
