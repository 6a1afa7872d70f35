from dataclasses import replace

import pytest

from ttl_cleanup.reaper import messages
from ttl_cleanup.reaper.owner import Owner
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.reaper.steps import Warn
from ttl_cleanup.registry.record import Record

OWNER = Owner("payments", "123456789012", "eu-central-1")
NAME = "mockenv-payments-env-pr-1"
STACK = Stack("arn", NAME, "pr-1", "CREATE_COMPLETE", 28_800, 0, False, None)
RECORD = Record("pr-1", 1, "arn", "active", 0, 0, owner="Zoë")
END = 1_800_000_000


@pytest.mark.parametrize(
    ("before_end", "words"),
    [
        (86_400, "in 24 h"),
        (5_400, "in 1 h 30 min"),
        (899, "in 14 min"),
        (0, "now"),
        (-300, "now"),
    ],
)
def test_a_warning_says_when_and_how_to_keep_it(before_end: int, words: str) -> None:
    step = Warn(RECORD, STACK, END, 900)
    message = messages.ends_soon(step, OWNER, END - before_end)
    assert message.subject == f"mockenv: pr-1 ends {words}"
    assert "ends at 2027-01-15 08:00 UTC" in message.text
    assert "\n  mockenv extend-ttl pr-1 --hours 4 --region eu-central-1\n" in message.text
    assert "Owner: Zoë" in message.text


def test_what_was_never_created_is_announced_with_the_way_to_its_events() -> None:
    step = Warn(RECORD, replace(STACK, status="ROLLBACK_COMPLETE"), END, 900)
    message = messages.ends_soon(step, OWNER, END)
    assert "was never created" in message.subject
    assert f"describe-stack-events --stack-name {NAME} --region eu-central-1" in message.text
    assert "extend-ttl" not in message.text


def test_a_deletion_that_is_given_up_says_what_to_do() -> None:
    message = messages.can_not_be_deleted(replace(RECORD, deletion_failures=3), STACK, OWNER)
    assert message.subject == "mockenv: pr-1 can't be deleted"
    assert "failed 3 times" in message.text
    assert "mockenv destroy pr-1 --region eu-central-1" in message.text


def test_leftovers_are_listed_up_to_a_length() -> None:
    arns = [f"arn:aws:logs:::{number}" for number in range(25)]
    message = messages.left_behind(RECORD, arns, OWNER)
    assert message.subject == "mockenv: pr-1 left 25 resources behind"
    assert "  arn:aws:logs:::19\n  and 5 more\n" in message.text
    assert "more" not in messages.left_behind(RECORD, arns[:20], OWNER).text


def test_the_end_says_how_to_begin_again() -> None:
    message = messages.is_gone(RECORD, OWNER)
    assert message.subject == "mockenv: pr-1 is gone"
    assert "cdk deploy -c env=pr-1" in message.text


def test_subjects_are_as_sns_takes_them() -> None:
    longest = replace(RECORD, environment="e" * 20)
    for message in (
        messages.is_gone(longest, OWNER),
        messages.left_behind(longest, ["arn"] * 2_000, OWNER),
        messages.ends_soon(Warn(longest, STACK, END, 900), OWNER, 0),
    ):
        assert message.subject.isascii()
        assert len(message.subject) < 100
