"""Generated documents are valid, have as many operations as wanted, and differ in paths only."""

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from bench.engines.stubs import stub_mappings
from bench.generated_document import generated_document, middle_path


@pytest.mark.parametrize("operations", [10, 100, 5_000])
def test_it_has_as_many_operations_as_wanted(operations: int) -> None:
    assert len(stub_mappings(generated_document(operations))) == operations


def test_it_is_a_valid_document() -> None:
    OpenAPIV30SpecValidator(generated_document(10)).validate()


def test_the_path_in_the_middle_is_one_of_it() -> None:
    assert middle_path(10) == "/resource-1/7"
    assert middle_path(5_000) == "/resource-500/7"
    assert "/resource-500/{id}" in generated_document(5_000)["paths"]


def test_a_larger_document_only_has_more_of_the_same() -> None:
    small, large = generated_document(10)["paths"], generated_document(100)["paths"]
    assert small.items() <= large.items()
    assert large["/resource-0/{id}"] == large["/resource-19/{id}"]
