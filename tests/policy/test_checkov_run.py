import json
from pathlib import Path
from typing import Any

import pytest

from policy.checkov_run import CheckovError, checkov_findings
from policy.conftest import Write
from policy.finding import Finding

PASSED = {"file_path": "/stack.template.json"}
FAILED = {
    "file_path": "/stack.template.json",
    "resource": "AWS::S3::Bucket.Files",
    "check_id": "CKV_AWS_18",
    "check_name": "Log accesses",
}


def program(folder: Path, text: str) -> Path:
    """Write a stand-in for checkov that notes how it was called."""
    file = folder / "checkov"
    file.write_text(f'#!/bin/sh\n(echo "$@"; env) > {folder}/called\n{text}\n')
    file.chmod(0o755)
    return file


def answering(folder: Path, **results: Any) -> Path:
    whole = {"passed_checks": [PASSED], "failed_checks": [], "parsing_errors": []} | results
    (folder / "answer").write_text(json.dumps({"results": whole}))
    return program(folder, f"cat {folder}/answer; exit 1")


def test_its_findings_are_ours(tmp_path: Path, template: Write) -> None:
    checkov = answering(tmp_path, failed_checks=[FAILED])
    (finding,) = checkov_findings(checkov, template({}))
    assert finding == Finding("checkov", "stack", "Files", "CKV_AWS_18", "Log accesses")


def test_it_is_kept_from_the_network(
    tmp_path: Path, template: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BC_API_KEY", "it would upload results with this")
    assert list(checkov_findings(answering(tmp_path), template({}))) == []
    called = (tmp_path / "called").read_text()
    assert "--skip-download" in called
    assert "HTTPS_PROXY=http://127.0.0.1:9\n" in called
    assert "BC_API_KEY" not in called


@pytest.mark.parametrize(
    "results", [{"passed_checks": []}, {"parsing_errors": ["/stack.template.json"]}]
)
def test_a_template_that_it_skips_is_no_success(
    tmp_path: Path, template: Write, results: dict[str, Any]
) -> None:
    with pytest.raises(CheckovError, match="did not check"):
        list(checkov_findings(answering(tmp_path, **results), template({})))


def test_its_own_failure_is_told(tmp_path: Path, template: Write) -> None:
    checkov = program(tmp_path, "echo 'no such module' >&2; exit 2")
    with pytest.raises(CheckovError, match="ended with 2: no such module"):
        list(checkov_findings(checkov, template({})))


def test_without_it_the_next_step_is_told(tmp_path: Path, template: Write) -> None:
    with pytest.raises(CheckovError, match="make policy"):
        list(checkov_findings(tmp_path / "checkov", template({})))
