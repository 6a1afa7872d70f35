"""Mocks of both engines, one to seventy."""

from typing import Any

from hypothesis import strategies as st

from environments.texts import scopes
from mockenv.settings.container_checks import MOST_MOCKSERVERS
from mockenv.settings.model import MOST_MOCKS

Draw = st.DrawFn
Mocks = dict[str, dict[str, Any]]

LONGEST_NAME = 31
SEGMENTS = ("", "/v1", "/A.b_c~d-e", "/" + "long" * 20)
MOST_SCOPED = 6
latencies = st.sampled_from(
    [
        {"fixed_ms": 200},
        {"min_ms": 0, "max_ms": 24_999},
        {"p50_ms": 40, "p90_ms": 120, "p99_ms": 900},
    ]
)
faults = st.fixed_dictionaries(
    {},
    optional={"latency": latencies, "errors": st.just({"share": 0.05, "status": 503})},
)
counts = st.one_of(
    st.integers(1, 4), st.integers(1, 9), st.integers(1, MOST_MOCKS), st.just(MOST_MOCKS)
)


@st.composite
def mock_sets(draw: Draw, *, scoped: bool) -> Mocks:
    """Draw all mocks of a file; `scoped` says whether some may ask for scopes."""
    count = draw(counts)
    served = draw(st.integers(0, min(count, MOST_MOCKSERVERS)))
    mocks = {}
    for index in range(count):
        mock = _served(index) if index < served else _documented(index)
        mocks[draw(_names(index))] = {"path": draw(_paths(index)), **mock, **draw(faults)}
    if scoped:
        for name in list(mocks)[: draw(st.integers(0, MOST_SCOPED))]:
            mocks[name]["scopes"] = draw(st.lists(scopes, min_size=1, max_size=3, unique=True))
    return mocks


def served_count(mocks: Mocks) -> int:
    """Count those that a MockServer serves."""
    return sum(mock["engine"] == "mockserver" for mock in mocks.values())


def _served(_: int) -> dict[str, Any]:
    return {"engine": "mockserver", "expectations": "ledger.json", "stateless": True}


def _documented(index: int) -> dict[str, Any]:
    plain = {"engine": "prism", "spec": "core.yaml"}
    if index % 7:
        return plain
    return plain | {"remote_refs": ["https://schemas.example.com/common/"]}


def _names(index: int) -> st.SearchStrategy[str]:
    short = f"m{index}"
    return st.sampled_from([short, short.ljust(LONGEST_NAME, "x"), f"{short}-api"])


def _paths(index: int) -> st.SearchStrategy[str]:
    """Draw a path that no other mock has; the first may stand at the root."""
    own = st.sampled_from(SEGMENTS).map(lambda rest: f"/m{index}{rest}")
    return st.one_of(st.just("/"), own) if index == 0 else own
