"""The one dashboard of all environments, as its body comes out."""

import json
from typing import Any

import pytest

from dashboard_body import problems
from iam_evaluator import REGION, resolved
from insights_query import names_in
from mock_constructs.gateway import ACCESS_LOG_FIELDS
from synthesized import Synthesized
from ttl_cleanup.reaper.tally import METRICS, WHOLE_RUN

NETWORKS = ["network-none", "network-two", "network-existing", "network-domain-key"]


def body(synthesized: Synthesized, stack: str = "network-none") -> dict[str, Any]:
    dashboard = synthesized.properties(stack, "AWS::CloudWatch::Dashboard")
    found: dict[str, Any] = json.loads(resolved(_with_arns(dashboard["DashboardBody"])))
    return found


def _with_arns(node: Any) -> Any:
    """Put a listener's ARN in where CloudFormation takes a load balancer's name from it."""
    if isinstance(node, list):
        return [_with_arns(each) for each in node]
    if not isinstance(node, dict):
        return node
    if "Fn::Select" in node:
        index, split = node["Fn::Select"]
        listener = split["Fn::Split"][1]["Ref"]
        return f"arn:listener/app/{listener}/0123456789abcdef/1".split("/")[index]
    return {key: _with_arns(value) for key, value in node.items()}


def widgets(synthesized: Synthesized, kind: str) -> list[dict[str, Any]]:
    found = body(synthesized)["widgets"]
    return [widget["properties"] for widget in found if widget["type"] == kind]


def titled(synthesized: Synthesized, title: str) -> dict[str, Any]:
    every = [*widgets(synthesized, "metric"), *widgets(synthesized, "log")]
    (found,) = (properties for properties in every if properties["title"] == title)
    return found


@pytest.mark.parametrize("stack", NETWORKS)
def test_its_body_is_as_cloudwatch_wants_it(synthesized: Synthesized, stack: str) -> None:
    assert list(problems(body(synthesized, stack))) == []


def test_its_name_is_free_in_each_region(synthesized: Synthesized) -> None:
    """CloudWatch shows a dashboard in every region: by one name, two would be one."""
    name = synthesized.properties("network-none", "AWS::CloudWatch::Dashboard")["DashboardName"]
    assert resolved(name) == f"mockenv-payments-{REGION}"


def test_these_checks_notice_what_is_wrong(synthesized: Synthesized) -> None:
    broken = body(synthesized)
    broken["widgets"][1]["x"] = 20
    broken["widgets"][2]["properties"]["query"] = "stats count(*)"
    broken["widgets"][3]["properties"]["sources"] = []
    broken["widgets"][7]["properties"]["metrics"][0][0]["expression"] = "SEARCH('x', 'Sum', 60)"
    found = list(problems(broken))
    for word in ("outside", "no source", "unknown {'sources'}", "expression SEARCH"):
        assert any(word in problem for problem in found), (word, found)


def test_no_environment_is_named_in_it(synthesized: Synthesized) -> None:
    """A new one appears without a deployment of the shared stacks."""
    for properties in widgets(synthesized, "metric"):
        for row in properties["metrics"]:
            searched = isinstance(row[0], dict)
            assert searched or row[2:4] == ["Function", "reaper"]
    for properties in widgets(synthesized, "log"):
        assert "environment" in properties["query"].lower()


@pytest.mark.parametrize(
    ("title", "searched"),
    [
        ("Tasks running", "{ECS/ContainerInsights,ClusterName,ServiceName}"),
        ("CPU of tasks in %", '{AWS/ECS,ClusterName,ServiceName} ClusterName="mockenv-payments"'),
        ("Reloads", '{Mockenv/payments,Environment} MetricName="ConfigReloadCount"'),
        ("Unhealthy tasks, load balancer 1", "{AWS/ApplicationELB,LoadBalancer,TargetGroup}"),
    ],
)
def test_what_it_searches_for(synthesized: Synthesized, title: str, searched: str) -> None:
    assert searched in str(titled(synthesized, title)["metrics"])


def test_questions_to_gateways_ask_for_fields_of_the_access_log(synthesized: Synthesized) -> None:
    asked = [widget["query"].split("\n| ", 1) for widget in widgets(synthesized, "log")]
    queries = [query for source, query in asked if "LogsGateway" in source]
    assert len(queries) == 6
    for query in queries:
        assert names_in(query).asked <= {"environment", *ACCESS_LOG_FIELDS}, query


def test_each_load_balancer_has_its_graphs(synthesized: Synthesized) -> None:
    searches = [
        row[0]["expression"]
        for widget in body(synthesized, "network-two")["widgets"]
        if widget["properties"].get("title", "").startswith("Healthy tasks")
        for row in widget["properties"]["metrics"]
    ]
    names = [search.partition('LoadBalancer="')[2].partition('"')[0] for search in searches]
    assert len(set(names)) == len(names) == 2
    assert all(name.startswith("app/Balancer") and name.count("/") == 2 for name in names)


def test_target_groups_are_counted_against_the_limit(synthesized: Synthesized) -> None:
    found = titled(synthesized, "Target groups of load balancer 1")
    assert found["annotations"]["horizontal"][0]["value"] == 100
    assert found["metrics"][1][0]["expression"] == "SUM(found * 0 + 1)"


def test_the_reapers_metrics_are_those_that_it_writes(synthesized: Synthesized) -> None:
    rows = titled(synthesized, "Reaper")["metrics"]
    assert {row[1] for row in rows} == {*METRICS.values(), WHOLE_RUN}
    assert {row[0] for row in rows} == {"Mockenv/payments"}
