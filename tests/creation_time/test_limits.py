from typing import Any

from creation_time.limits import counts


def test_what_cloudformation_limits_is_counted() -> None:
    template: dict[str, Any] = {"Resources": {"A": {}, "B": {}}, "Outputs": {"C": {}}}
    found = {count.of: (count.found, count.limit) for count in counts(template)}
    assert found["resources"] == (2, 500)
    assert found["parameters"] == (0, 200)
    assert found["outputs"] == (1, 200)
    assert found["bytes"][1] == 1_000_000


def test_bytes_are_those_of_the_file_that_cdk_writes(templates: dict[str, Any]) -> None:
    assert 30_000 < {c.of: c.found for c in counts(templates["a pull request's"])}["bytes"] < 60_000


def test_no_stack_is_near_a_limit(templates: dict[str, Any]) -> None:
    for template in templates.values():
        assert all(count.found <= count.limit / 4 for count in counts(template))
