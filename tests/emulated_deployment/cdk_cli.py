"""The pinned CDK CLI, as users call it."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from emulated_deployment.ministack import ACCOUNT, REGION

SECONDS = 240


class CdkError(Exception):
    """The CLI ended with an error; the message is the end of what it printed."""


@dataclass(frozen=True)
class Cdk:
    """Runs the CLI in the project's folder; `variables` bring it to the emulator."""

    root: Path
    folder: Path
    variables: dict[str, str]

    def bootstrap(self) -> str:
        """Create CDK's own bucket, roles and version parameter."""
        return self._run("bootstrap", f"aws://{ACCOUNT}/{REGION}", "--app", "")

    def synth(self, file: Path, environment: str | None = None) -> Path:
        """Synthesize the shared stacks, or one environment; return the assembly."""
        output = self.folder / "assemblies" / f"{file.parent.name}-{environment or 'shared'}"
        context = ["-c", f"env={environment}"] if environment else []
        self._run("synth", "--quiet", *context, "-c", f"file={file}", "--output", str(output))
        return output

    def deploy(self, assembly: Path) -> tuple[str, dict[str, dict[str, str]]]:
        """Deploy all stacks of an assembly; return what was printed, and outputs by stack."""
        outputs = assembly / "outputs.json"
        printed = self._run(
            *("deploy", "--all", "--require-approval", "never"),
            *("--app", str(assembly), "--outputs-file", str(outputs)),
        )
        return printed, json.loads(outputs.read_text()) if outputs.exists() else {}

    def destroy(self, assembly: Path) -> str:
        """Delete all stacks of an assembly."""
        return self._run("destroy", "--force", "--all", "--app", str(assembly))

    def _run(self, *arguments: str) -> str:
        ended = subprocess.run(
            [str(self.root / ".venv" / "bin" / "cdk"), *arguments],
            cwd=self.root,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        with (self.folder / "cdk.log").open("a") as log:
            log.write(f"$ cdk {' '.join(arguments)}\n{ended.stdout}\n")
        if ended.returncode:
            raise CdkError(ended.stdout[-4_000:])
        return ended.stdout
