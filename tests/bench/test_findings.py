"""What parts found, put together: nothing is lost, and one missed limit is enough."""

import json

from bench.bound import Bound
from bench.findings import Findings, merged
from bench.result import Result

PAIR = Result("pair", "s", (1,), (2,), "another", 1)
NO_LIMIT = Result("no limit", "s", (1,), (2,), "another")
BOUND = Bound("bound", "s", (1,), 2)
MISSED = Bound("missed", "s", (3,), 2)


def test_all_hold_if_nothing_is_missed() -> None:
    assert Findings(results=(PAIR, NO_LIMIT), bounds=(BOUND,)).all_hold()
    assert Findings().all_hold()


def test_one_missed_limit_of_either_kind_is_enough() -> None:
    slow = Result("slow", "s", (3,), (1,), "another", 2)
    assert not Findings(results=(PAIR,), bounds=(BOUND, MISSED)).all_hold()
    assert not Findings(results=(PAIR, slow), bounds=(BOUND,)).all_hold()


def test_parts_are_put_together_in_order() -> None:
    first = Findings(results=(PAIR,), tables=("| one |",), raw={"one": [{"a": 1}]})
    second = Findings(bounds=(BOUND,), tables=("| two |",), raw={"two": []})

    both = merged([first, second])

    assert (both.results, both.bounds) == ((PAIR,), (BOUND,))
    texts = both.markdown().split("\n\n")
    assert texts[:2] == ["| one |", "| two |"]
    assert "| pair |" in texts[2]
    assert "| bound |" in texts[3]


def test_what_is_kept_is_json_with_every_round() -> None:
    found = Findings(results=(PAIR,), bounds=(BOUND,), raw={"field": [{"loads": [1, 2]}]})
    kept = json.loads(json.dumps(found.kept()))
    assert kept["results"][0]["theirs"] == [2]
    assert kept["bounds"][0]["figures"] == [1]
    assert kept["field"] == [{"loads": [1, 2]}]
