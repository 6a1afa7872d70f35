from rollout_proof.scenarios import HOLDS, LOSES
from rollout_proof.table import COLUMNS, times_table
from synthesized import ROOT, Synthesized

PAGE = (ROOT / "docs" / "deployments.md").read_text(encoding="utf-8")


def test_the_times_of_the_page_are_those_of_the_templates(synthesized: Synthesized) -> None:
    templates = {"network": synthesized.template("network-none")}
    templates |= {stack: synthesized.template(stack) for stack in COLUMNS}
    assert times_table(templates) in PAGE


def test_the_page_shows_every_scenario_that_is_played() -> None:
    shown = [line.split(" | ")[0].removeprefix("| ") for line in PAGE.splitlines()]
    assert {each.name for each in (*HOLDS, *LOSES)} <= set(shown)
