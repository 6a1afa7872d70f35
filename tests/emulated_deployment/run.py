"""What all phases of a run share."""

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from emulated_deployment import assembly
from emulated_deployment.cdk_cli import Cdk
from emulated_deployment.findings import Findings
from emulated_deployment.inventory import Inventory
from emulated_deployment.ministack import Ministack

COMMAND_SECONDS = 180


@dataclass(frozen=True)
class Deployment:
    """An assembly as it was deployed: what the CLI printed, and outputs by stack."""

    assembly: Path
    printed: str
    outputs: dict[str, dict[str, str]]

    @property
    def only(self) -> dict[str, str]:
        """The outputs of its one stack."""
        (outputs,) = self.outputs.values()
        return outputs


@dataclass(frozen=True)
class Run:
    """The emulator, the programs that use it, and what was found."""

    root: Path
    folder: Path
    ministack: Ministack
    cdk: Cdk
    findings: Findings
    inventory: Inventory
    refused: set[str] = field(default_factory=set)

    def deploy(self, file: Path, environment: str | None = None) -> Deployment:
        """Synthesize, make it fit, deploy; then look what became of every resource."""
        folder = self.cdk.synth(file, environment)
        wanted = assembly.templates(folder)
        cloudformation = self.ministack.client("cloudformation")
        refused = assembly.fit(folder, lambda each: assembly.ask(cloudformation, each), self.root)
        self.refused.update(refused)
        printed, outputs = self.cdk.deploy(folder)
        for stack, template in wanted.items():
            self.inventory.add(stack, template)
        return Deployment(folder, printed, outputs)

    def command(self, *words: str, folder: Path) -> tuple[int, Any, str]:
        """Run `mockenv … --json` as a user does: exit code, answer, what was said beside it."""
        ended = subprocess.run(
            [str(self.root / ".venv" / "bin" / "mockenv"), *words, "--json"],
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                **self.ministack.variables,
            },
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        try:
            answer = json.loads(ended.stdout)
        except ValueError:
            answer = ended.stdout
        return ended.returncode, answer, ended.stderr

    def stack_state(self, name: str) -> str:
        """Return a stack's state; `gone` if there is none of that name."""
        from botocore.exceptions import ClientError  # type: ignore[import-untyped] # noqa: PLC0415

        try:
            found = self.ministack.client("cloudformation").describe_stacks(StackName=name)
        except ClientError:
            return "gone"
        return str(found["Stacks"][0]["StackStatus"])
