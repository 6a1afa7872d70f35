"""Load over time, in multiples of a base load: straight lines between points."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

MINUTE = 60


@dataclass(frozen=True)
class Curve:
    """A load curve by its corners, each a second and the load from there on."""

    name: str
    corners: tuple[tuple[int, float], ...]

    def loads(self) -> Iterator[float]:
        """Yield the load of each second, in multiples of the base."""
        for (start, low), (end, high) in pairwise(self.corners):
            for second in range(end - start):
                yield low + (high - low) * second / (end - start)


def _curve(name: str, *corners: tuple[float, float]) -> Curve:
    return Curve(name, tuple((round(minute * MINUTE), load) for minute, load in corners))


def _sawtooth() -> Curve:
    teeth = [(10 * tooth + part, load) for tooth in range(6) for part, load in ((0, 10), (9.9, 60))]
    return _curve("sawtooth", *teeth, (60, 10), (60.1, 1), (140, 1))


CURVES = (
    _curve("ramp", (0, 1), (5, 1), (10, 100), (30, 100), (35, 1), (120, 1)),
    _curve("spike", (0, 1), (5, 1), (5.1, 20), (8, 20), (8.1, 1), (90, 1)),
    _sawtooth(),
    _curve("night", (0, 1), (20, 40), (60, 40), (80, 0), (170, 0), (190, 40), (210, 40)),
)
