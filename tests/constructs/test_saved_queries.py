"""Saved queries, held against lines that our own programs really write."""

import io
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from insights_query import names_in
from mock_constructs.gateway import ACCESS_LOG_FIELDS
from mockenv.local.tools import find_node
from mockenv.log_queries import Log, LogQuery, saved_queries
from synthesized import ROOT, Synthesized
from token_validator.authorizer import Authorizer
from token_validator.log import Log as ValidatorLog
from token_validator.sources import real_sources
from waiting import eventually

QUERIES = saved_queries("payments")
# Container Insights performance log events of a service (CloudWatch user guide, "Container
# Insights performance log events for Amazon ECS").
INSIGHTS_FIELDS = {
    "Type",
    "ServiceName",
    "DesiredTaskCount",
    "RunningTaskCount",
    "PendingTaskCount",
}
SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /items:
    get: {responses: {'200': {description: all}}}
"""


@pytest.fixture(scope="module")
def task_lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What a real mock host says from its start to its end, and one that can't start."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "core.yaml").write_text(SPEC)
    mocks = [{"name": "core", "path": "/", "engine": "prism", "document": "core.yaml"}]
    config = {"environment": "pr-7", "token_header": None, "mocks": mocks}
    (folder / "environment.json").write_text(json.dumps(config))
    lines = _followed(folder)
    return [*lines, *_said_by(folder, "nowhere.json")]


def _followed(folder: Path) -> list[dict[str, Any]]:
    log = folder / "log"
    with log.open("w") as output, _host(folder, "environment.json", output) as host:
        for event, change in (
            ("ready", f"{SPEC}tags: []\n"),
            ("config_reloaded", "openapi: ["),
            ("config_reload_failed", None),
        ):
            _await(log, event)
            if change is not None:
                (folder / "core.yaml").write_text(change)
        host.send_signal(signal.SIGTERM)
        host.wait(20)
    return [json.loads(line) for line in log.read_text().splitlines()]


def _await(log: Path, event: str) -> None:
    assert eventually(lambda: f'"{event}"' in log.read_text())


def _said_by(folder: Path, config: str) -> list[dict[str, Any]]:
    log = folder / "other_log"
    with log.open("w") as output, _host(folder, config, output) as host:
        host.wait(20)
    return [json.loads(line) for line in log.read_text().splitlines()]


def _host(folder: Path, config: str, output: Any) -> subprocess.Popen[bytes]:
    bundle = ROOT / ".build" / "mock_host" / "mock_host.mjs"
    arguments = ["--config", str(folder / config), "--port", "0", "--watch"]
    return subprocess.Popen([str(find_node()), str(bundle), *arguments], stdout=output)


def validator_fields() -> set[str]:
    """Return the fields of a refusal, as the validator's own program writes it."""
    said = io.StringIO()
    settings = json.dumps({"header": "authorization", "kinds": []})
    authorize = Authorizer(
        settings, clock=lambda: 0.0, log=ValidatorLog(said), sources=real_sources()
    )
    event = {"headers": {}, "routeKey": "ANY /", "requestContext": {"requestId": "1"}}
    assert authorize(event)["isAuthorized"] is False
    return set(json.loads(said.getvalue().splitlines()[-1]))


def of(log: Log) -> Iterator[LogQuery]:
    return (query for query in QUERIES if query.log is log)


def test_each_is_saved_for_the_log_that_it_asks(synthesized: Synthesized) -> None:
    resources = synthesized.template("network-none")["Resources"]
    saved = {}
    for resource in synthesized.all_of("network-none", "AWS::Logs::QueryDefinition"):
        properties = resource["Properties"]
        (group,) = properties["LogGroupNames"]
        name = resources[group["Ref"]]["Properties"]["LogGroupName"]
        saved[properties["Name"]] = (properties["QueryString"], name.rpartition("/")[2])
    last_parts = {Log.CONTAINER_INSIGHTS: "performance"}
    assert saved == {
        f"mockenv/payments/{query.name}": (query.text, last_parts.get(query.log, str(query.log)))
        for query in QUERIES
    }


def test_questions_to_gateways_ask_for_fields_of_the_access_log() -> None:
    for query in of(Log.GATEWAY):
        assert names_in(query.text).asked <= {"environment", *ACCESS_LOG_FIELDS}, query.name


def test_questions_to_tasks_ask_for_fields_and_events_that_are_written(
    task_lines: list[dict[str, Any]],
) -> None:
    fields = {field for line in task_lines for field in line} | {"version"}  # with a bucket
    for query in of(Log.TASKS):
        assert names_in(query.text).asked <= fields, query.name
    events = {line["event"] for line in task_lines}
    for event in ("ready", "config_reloaded", "config_reload_failed", "draining", "failed"):
        assert event in events
    sources = "".join(path.read_text() for path in (ROOT / "mock_host" / "src").rglob("*.ts"))
    for query in of(Log.TASKS):
        (step,) = (step for step in query.steps if step.startswith("filter event"))
        assert all(f"'{event}'" in sources for event in re.findall(r'"([a-z_]+)"', step))


def test_what_is_counted_by_environment_names_it(task_lines: list[dict[str, Any]]) -> None:
    reloads = [line for line in task_lines if line["event"].startswith("config_reload")]
    assert len(reloads) == 2
    assert {line["environment"] for line in reloads} == {"pr-7"}
    assert all(isinstance(line["mock_count"], int) for line in reloads)


def test_questions_to_validators_ask_for_fields_of_a_refusal() -> None:
    for query in of(Log.TOKEN_VALIDATORS):
        assert names_in(query.text).asked <= validator_fields(), query.name


def test_questions_to_container_insights_ask_for_documented_fields() -> None:
    for query in of(Log.CONTAINER_INSIGHTS):
        assert names_in(query.text).asked <= INSIGHTS_FIELDS, query.name


@pytest.mark.parametrize(
    ("query", "asked", "made"),
    [
        ("filter status >= 500", {"status"}, set()),
        (
            "stats count(*) as n, pct(ms, 99) as p99 by route, bin(5m)",
            {"ms", "route"},
            {"n", "p99"},
        ),
        ('parse @logStream "*/*" as one, two\n| fields one, three', {"three"}, {"one", "two"}),
        ('filter event in ["a", "b"] or not ispresent(event)', {"event"}, set()),
    ],
)
def test_names_are_read(query: str, asked: set[str], made: set[str]) -> None:
    names = names_in(query)
    assert (names.asked, names.made) == (asked, made)


@pytest.mark.parametrize("query", ["fitler status = 1", "stats cuont(*) by x", "filter a ~ 1"])
def test_a_slip_is_noticed(query: str) -> None:
    with pytest.raises(ValueError, match=r"no command|no function|can't be read"):
        names_in(query)
