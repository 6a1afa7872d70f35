"""The short form of `make environments`, and what would make it fail."""

from collections import Counter
from pathlib import Path

import pytest

from environments.coverage import KINDS, lines, missing
from environments.files import Drawn
from environments.run import run
from environments.trial import Trial
from mockenv.settings.problems import SettingsError
from synthesized import Synthesized

COUNT = 10
MOCKS = {"core": {"path": "/", "spec": "core.yaml"}}
TOKENS = {"kinds": [{"kind": "jwt", "issuer": "https://a.example.com", "audience": ["a"]}]}

pytestmark = pytest.mark.usefixtures("synthesized")  # which prepares CDK


def drawn(environment: str = "pr-1", **changes: object) -> Drawn:
    return Drawn({"project": "shop", "mocks": MOCKS, "tokens": TOKENS} | changes, environment)


def test_environments_of_all_sorts_keep_the_limits(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    run(trial, count=COUNT, starting_with=1)
    assert trial.tried >= COUNT
    assert trial.kinds["prism"] + trial.kinds["mockserver"] >= COUNT - trial.refused.total()
    assert trial.most["resources"] > 300
    assert not list(tmp_path.iterdir())


def test_a_bad_drawing_is_no_environment(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        Trial(tmp_path).attempt(drawn(project="no-hyphen"))


def test_what_the_settings_say_is_what_is_counted(tmp_path: Path) -> None:
    trial = Trial(tmp_path, keep_every=1)
    trial.attempt(drawn(defaults={"spot": True}))
    assert trial.kinds["spot"] == trial.kinds["pull request"] == trial.kinds["tokens: jwt"] == 1
    assert trial.kinds["scaled"] == trial.kinds["named"] == 0
    assert [kept.stacks() for kept in trial.kept] == [["pr-1"]]


def test_token_settings_that_nothing_can_hold_are_refused_and_counted(tmp_path: Path) -> None:
    scopes = {
        f"m{n}": {"path": f"/{'x' * 80}{n}", "spec": "core.yaml", "scopes": ["read"]}
        for n in range(60)
    }
    trial = Trial(tmp_path)
    trial.attempt(drawn(mocks=scopes))
    assert trial.refused.total() == 1
    assert not trial.kinds


def test_two_environments_have_no_name_in_common(tmp_path: Path, synthesized: Synthesized) -> None:
    """The same template under two owners: the second is told of the first name that is taken."""
    trial = Trial(tmp_path)
    template = synthesized.template("pr-123")
    trial.claim(template, "mockenv-payments-env-pr-123")
    trial.claim(template, "mockenv-payments-env-pr-123")
    with pytest.raises(AssertionError, match=r"AWS::Logs::LogGroup|AWS::S3::Bucket"):
        trial.claim(template, "mockenv-payments-env-pr-7")


def test_a_run_that_tries_too_little_of_a_kind_says_so() -> None:
    counts = Counter(dict.fromkeys(KINDS, 5)) - Counter({"spot": 1})
    assert missing(counts, 1_000) == ["spot"]
    assert missing(counts, 20) == []  # by chance
    assert "| - spot | 4 |" in list(lines(counts, 1_000))
