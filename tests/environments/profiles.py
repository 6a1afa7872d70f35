"""How an environment runs: its size, tasks, time to live, alarms."""

from typing import Any

from hypothesis import strategies as st

from environments.texts import owners
from mockenv.settings.model import MOST_TASKS
from mockenv.settings.sizes import (
    FARGATE_MEMORY_MIB,
    MOCKSERVER_MIB,
    NAMED_SIZES,
    MockLoad,
    needed_memory_mib,
)

Draw = st.DrawFn
Profile = dict[str, Any]

TTLS = ("15m", "8h", "3d", "365d")
NO_END = ("never", "never")


bounds = st.tuples(st.integers(1, MOST_TASKS), st.integers(1, MOST_TASKS)).map(sorted)
task_counts = st.one_of(
    bounds.map(lambda b: {"min": b[0], "max": b[1]}),
    st.builds(
        lambda b, r: {"min": b[0], "max": b[1], "requests_per_second": r},
        bounds,
        st.sampled_from([0.1, 62.0, 9_000.0]),
    ),
)
rest: st.SearchStrategy[Profile] = st.fixed_dictionaries(
    {},
    optional={
        "tasks": task_counts,
        "owner": owners,
        "alarms": st.sampled_from(["one", "all"]),
        "throttle": st.fixed_dictionaries(
            {"requests_per_second": st.integers(1, 10_000), "burst": st.integers(1, 5_000)}
        ),
    },
)


@st.composite
def profiles(draw: Draw, *, mockservers: int, may_stay: bool) -> Profile:
    """Draw a profile whose size holds the mocks; `may_stay` admits a TTL of never."""
    ttl, max_ttl = draw(_lifetimes(may_stay=may_stay))
    spot = draw(st.booleans())
    profile = {"size": draw(_sizes(mockservers)), "ttl": ttl, "max_ttl": max_ttl, "spot": spot}
    if spot:
        profile["on_demand_base"] = draw(st.sampled_from([0, 1, MOST_TASKS]))
    return profile | draw(rest)


def _sizes(mockservers: int) -> st.SearchStrategy[Any]:
    need = needed_memory_mib([MockLoad("mockserver", 0)] * mockservers)
    assert need >= mockservers * MOCKSERVER_MIB
    named = [name for name, size in NAMED_SIZES.items() if size.memory_mib >= need]
    explicit = [
        {"cpu": cpu, "memory_mib": memory}
        for cpu, memories in FARGATE_MEMORY_MIB.items()
        for memory in memories
        if memory >= need
    ]
    return st.one_of(*[st.sampled_from(sizes) for sizes in (named, explicit) if sizes])


def _lifetimes(*, may_stay: bool) -> st.SearchStrategy[tuple[str, str]]:
    rising = [(ttl, longest) for i, ttl in enumerate(TTLS) for longest in (*TTLS[i:], "never")]
    return st.sampled_from([*rising, *([NO_END] * 4 if may_stay else [])])
