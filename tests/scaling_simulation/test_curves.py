import pytest

from scaling_simulation.curves import CURVES, Curve


def test_a_curve_is_straight_between_its_corners() -> None:
    curve = Curve("line", ((0, 0), (4, 100), (6, 100)))
    assert list(curve.loads()) == [0, 25, 50, 75, 100, 100]


def test_the_ramp_goes_to_a_hundred_times_in_five_minutes() -> None:
    (ramp,) = (curve for curve in CURVES if curve.name == "ramp")
    loads = list(ramp.loads())
    assert (loads[299], loads[600]) == (1, 100)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: str(curve.name))
def test_no_load_is_negative_or_above_the_peak(curve: Curve) -> None:
    loads = list(curve.loads())
    assert 0 <= min(loads) <= max(loads) <= 100
