"""The workflow that users copy: what must hold of it whatever else changes."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOW = (
    Path(__file__).resolve().parents[1] / "docs" / "examples" / "pull-request-environment.yaml"
)


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def job(workflow: dict[Any, Any]) -> dict[str, Any]:
    (job,) = workflow["jobs"].values()
    return dict(job)


def test_it_deploys_and_deletes(workflow: dict[Any, Any]) -> None:
    triggers = workflow[True]  # YAML 1.1 takes the key "on" for a truth value
    assert set(triggers) == {"pull_request"}
    assert set(triggers["pull_request"]["types"]) == {"opened", "reopened", "synchronize", "closed"}


def test_one_run_at_a_time_for_each_pull_request_and_none_is_cut_off(
    workflow: dict[Any, Any],
) -> None:
    concurrency = workflow["concurrency"]
    assert "${{ github.event.number }}" in concurrency["group"]
    assert concurrency["cancel-in-progress"] is False


def test_forks_get_no_credentials(workflow: dict[Any, Any], job: dict[str, Any]) -> None:
    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "read", "id-token": "write"}
    assert "github.event.pull_request.head.repo.full_name == github.repository" in job["if"]
    assert job["environment"] == "mocks"


def test_no_text_of_the_pull_request_is_put_into_a_script(job: dict[str, Any]) -> None:
    for step in job["steps"]:
        assert "${{" not in step.get("run", "")


def test_an_environment_that_is_gone_already_is_no_failure(job: dict[str, Any]) -> None:
    (delete,) = (step for step in job["steps"] if "destroy" in step.get("run", ""))
    assert "closed" in delete["if"]
    assert delete["run"].endswith("[ $? -eq 3 ]")  # exit code 3: there is no such environment


@pytest.mark.parametrize("file", [WORKFLOW, WORKFLOW.parents[2] / ".github/workflows/pr.yaml"])
def test_actions_are_pinned_by_digest(file: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", file.read_text(encoding="utf-8"))
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)
