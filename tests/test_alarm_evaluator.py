"""The evaluator itself, by rows of the guide's tables: O is within, X beyond, - missing."""

import pytest

from alarm_evaluator import WatchedAlarm

VALUES = {"O": 0.0, "X": 9.0, "-": None}


def alarm(datapoints: int, missing: str) -> WatchedAlarm:
    return WatchedAlarm(
        {
            "EvaluationPeriods": 3,
            "DatapointsToAlarm": datapoints,
            "Threshold": 5,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": missing,
        }
    )


@pytest.mark.parametrize(
    ("row", "datapoints", "breaching", "not_breaching"),
    [
        ("O-X-X", 3, False, False),
        ("O----", 3, False, False),
        ("-----", 3, True, False),
        ("OXX-X", 3, True, True),
        ("--X--", 3, True, False),
        ("O-X-X", 2, True, True),
        ("OOXOX", 2, True, True),
        ("O-X--", 2, True, False),
        ("----O", 2, True, False),
        ("---X-", 2, True, False),
    ],
)
def test_rows(row: str, datapoints: int, *, breaching: bool, not_breaching: bool) -> None:
    values = [VALUES[letter] for letter in row]
    assert alarm(datapoints, "breaching").decides(values) is breaching
    assert alarm(datapoints, "notBreaching").decides(values) is not_breaching
