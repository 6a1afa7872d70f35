from hypothesis import given
from hypothesis import strategies as st

from creation_time.schedule import Span, path_to, schedule
from creation_time.template_graph import Graph


def graph(**needs: str) -> Graph:
    """Make a graph; `C="AB"` needs A and B."""
    return Graph(dict.fromkeys(needs, "T"), {n: frozenset(each) for n, each in needs.items()})


def test_what_needs_nothing_starts_at_once_and_side_by_side() -> None:
    spans = schedule(graph(A="", B=""), {"A": 3, "B": 5}, begin=10)
    assert spans == {"A": Span(10, 13, None), "B": Span(10, 15, None)}


def test_the_last_of_those_that_it_needs_holds_a_resource_up() -> None:
    spans = schedule(graph(A="", B="", C="AB", D="C"), {"A": 3, "B": 5, "C": 2, "D": 1})
    assert spans["C"] == Span(5, 7, "B")
    assert path_to("D", spans) == ["B", "C", "D"]


@given(
    st.lists(st.tuples(st.sets(st.integers(0, 20)), st.integers(0, 100)), min_size=1, max_size=20)
)
def test_no_chain_of_resources_is_longer_than_the_path_found(
    given_resources: list[tuple[set[int], int]],
) -> None:
    needs = {
        str(index): frozenset(str(other) for other in others if other < index)
        for index, (others, _) in enumerate(given_resources)
    }
    seconds = {str(index): float(each) for index, (_, each) in enumerate(given_resources)}

    def longest(name: str) -> float:
        return seconds[name] + max(map(longest, needs[name]), default=0)

    spans = schedule(Graph(dict.fromkeys(needs, "T"), needs), seconds)
    last = max(spans, key=lambda name: spans[name].end)
    assert spans[last].end == max(map(longest, needs))
    assert sum(seconds[name] for name in path_to(last, spans)) == spans[last].end
