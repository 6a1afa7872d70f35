from rollout_proof.scenarios import HOLDS, LOSES
from rollout_proof.table import COLUMNS, rolling_seconds, times_table
from rollout_proof.times import read_times
from scaling_simulation.template import read_start_seconds
from synthesized import ROOT, Synthesized

PAGE = (ROOT / "docs" / "deployments.md").read_text(encoding="utf-8")


def test_the_times_of_the_page_are_those_of_the_templates(synthesized: Synthesized) -> None:
    templates = {"network": synthesized.template("network-none")}
    templates |= {stack: synthesized.template(stack) for stack in COLUMNS}
    assert times_table(templates) in PAGE


def test_the_seconds_of_a_rolling_deployment_follow_from_its_template(
    synthesized: Synthesized,
) -> None:
    template = synthesized.template("int")
    start_seconds = read_start_seconds(template)
    assert f"tasks that serve {start_seconds} seconds after their launch" in PAGE
    times = read_times(template, synthesized.template("network-none"))
    rows = PAGE.partition("## Rolling")[2].partition("## ")[0].splitlines()
    shown = [int(row.split("|")[1]) for row in rows if row.removeprefix("| ")[:1].isdigit()]
    assert shown == rolling_seconds(times, start_seconds)


def test_the_page_shows_every_scenario_that_is_played() -> None:
    shown = [line.split(" | ")[0].removeprefix("| ") for line in PAGE.splitlines()]
    assert {each.name for each in (*HOLDS, *LOSES)} <= set(shown)
