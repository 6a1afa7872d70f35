import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from creation_templates import OURS


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "creation_time", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def written(folder: Path, template: dict[str, Any]) -> str:
    file = folder / "mockenv-payments-env-pr-1.template.json"
    file.write_text(json.dumps(template), encoding="utf-8")
    return str(file)


def test_a_stack_goes_by_its_files_name(
    root: Path, templates: dict[str, Any], tmp_path: Path
) -> None:
    done = run(root, written(tmp_path, templates[OURS]))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("mockenv-payments-env-pr-1\n")


def test_json_has_the_same_figures_by_name(
    root: Path, templates: dict[str, Any], tmp_path: Path
) -> None:
    done = run(root, "--json", written(tmp_path, templates[OURS]))
    (paper,) = json.loads(done.stdout)
    assert paper["creation"]["steps"][-1]["type"] == "AWS::ECS::Service"
    assert paper["creation"]["steps"][-1]["end"] == paper["creation"]["first_200"]
    assert {"of": "resources", "found": len(templates[OURS]["Resources"]), "limit": 500} in paper[
        "counts"
    ]


def test_a_template_that_cant_be_created_is_bad_input(root: Path, tmp_path: Path) -> None:
    circle = {"A": {"Type": "T", "DependsOn": "B"}, "B": {"Type": "T", "DependsOn": "A"}}
    done = run(root, written(tmp_path, {"Resources": circle}))
    assert done.returncode == 2
    assert "wait for each other" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_never_loads_cdk(root: Path) -> None:
    code = "import creation_time.__main__, sys; sys.exit('aws_cdk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
