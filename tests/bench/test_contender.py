"""The short form of a comparison: a real mock host, a real load, answers that are checked."""

from collections.abc import Iterator

import pytest

from bench.contender import Contender, contender
from bench.documents import PETSTORE
from bench.engines.ours import ours


@pytest.fixture(scope="module")
def host() -> Iterator[Contender]:
    with contender(ours(), PETSTORE) as started:
        yield started


def test_a_load_is_counted(host: Contender) -> None:
    load = host.load(seconds=0.3)
    assert load.per_second > 0
    assert load.per_cpu_second > 0
    assert load.resident_mb > 10
    assert load.generator_share > 0


def test_an_unmatched_path_counts_its_404s(host: Contender) -> None:
    assert host.load(PETSTORE.unmatched, expected="4xx", seconds=0.3).per_second > 0


def test_answers_of_another_class_are_an_error(host: Contender) -> None:
    with pytest.raises(RuntimeError, match=r"/nothing: 0 answers 2xx, [1-9]\d* others"):
        host.load(PETSTORE.unmatched, seconds=0.3)


def test_ours_validates(host: Contender) -> None:
    assert host.status_of_invalid() == 422
