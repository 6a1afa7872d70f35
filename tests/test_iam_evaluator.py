from typing import Any

import pytest

from iam_evaluator import Call, is_allowed

CALL = Call("s3:GetObject", "arn:aws:s3:::bucket/key", {"aws:ResourceAccount": "1"})


def statement(**changes: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"} | changes


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"Action": ["s3:Put*", "S3:getobject"]},
        {"Resource": ["arn:aws:s3:::other/*", "arn:aws:s3:::buck?t/*"]},
        {"Condition": {"StringEquals": {"aws:ResourceAccount": ["2", "1"]}}},
        {"Condition": {"StringLike": {"aws:ResourceAccount": "*"}}},
        {"Condition": {"ForAllValues:StringEquals": {"aws:ResourceAccount": ["1"]}}},
        {"Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["one"]}}},
    ],
)
def test_what_fits_is_allowed(changes: dict[str, Any]) -> None:
    assert is_allowed([statement(**changes)], CALL)


@pytest.mark.parametrize(
    "changes",
    [
        {"Action": "s3:PutObject"},
        {"Action": "s3:GetObjec"},
        {"Resource": "arn:aws:s3:::bucket"},
        {"Resource": "arn:aws:s3:::BUCKET/*"},
        {"Resource": "arn:aws:s3:::bucke[t]/key"},
        {"Condition": {"StringEquals": {"aws:ResourceAccount": "2"}}},
        {"Condition": {"ForAllValues:StringEquals": {"aws:ResourceAccount": ["2"]}}},
        {"Condition": {"StringEquals": {"aws:PrincipalAccount": "1"}}},
        {
            "Condition": {
                "StringEquals": {"aws:ResourceAccount": "1"},
                "StringLike": {"aws:ResourceAccount": "2*"},
            }
        },
    ],
)
def test_what_does_not_fit_is_not(changes: dict[str, Any]) -> None:
    assert not is_allowed([statement(**changes)], CALL)


def test_a_deny_wins_and_nothing_is_allowed_by_default() -> None:
    assert not is_allowed([statement(), statement(Effect="Deny")], CALL)
    assert not is_allowed([], CALL)
