"""Figures are written with three digits that count, and never with an exponent."""

import pytest

from bench.digits import three_digits


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (15_234.5, "15,200"),
        (8_000, "8,000"),
        (999.6, "1,000"),
        (58.25, "58.2"),
        (1, "1.00"),
        (0.045678, "0.0457"),
        (-3.14159, "-3.14"),
        (0, "0"),
    ],
)
def test_three_digits(value: float, written: str) -> None:
    assert three_digits(value) == written
