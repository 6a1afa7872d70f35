"""The fixed names, asked directly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockenv import names


@given(st.integers(1, 40_000))
def test_every_pull_request_has_a_name_and_its_number(number: int) -> None:
    name = names.check_environment_name(f"pr-{number}")
    assert names.pull_request_number(name) == number


@given(st.one_of(st.integers(max_value=0), st.integers(min_value=40_001)))
def test_no_other_number_names_a_pull_request(number: int) -> None:
    with pytest.raises(ValueError, match="pr-1 to pr-40000"):
        names.check_environment_name(f"pr-{number}")


@given(st.from_regex(r"[a-z][a-z0-9-]{0,18}[a-z0-9]", fullmatch=True))
def test_a_named_environment_has_no_number(name: str) -> None:
    if name.startswith("pr-"):
        name = f"x{name}"[:20].rstrip("-")
    assert names.check_environment_name(name) == name
    assert names.pull_request_number(name) is None


@pytest.mark.parametrize(
    "name", ["", "a" * 21, "Dev", "1a", "-a", "a-", "a_b", "PR-1", "dév", "a\n", "a "]
)
def test_a_name_without_the_form_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="an environment's name is"):
        names.check_environment_name(name)


@pytest.mark.parametrize("name", ["pr-1\n", "pr- 1", "pr-+1", "pr-1_0", "pr-01", "pr-٣", "pr-1.0"])
def test_only_plain_digits_make_a_pull_request_s_number(name: str) -> None:
    with pytest.raises(ValueError, match="pr-1 to pr-40000"):
        names.check_environment_name(name)


def test_derived_names_follow_the_design() -> None:
    assert names.network_stack("shop") == "mockenv-shop-network"
    assert names.ttl_cleanup_stack("shop") == "mockenv-shop-ttl-cleanup"
    assert names.environment_stack("shop", "pr-7") == "mockenv-shop-env-pr-7"
    assert names.network_parameter("shop", "vpc-id") == "/mockenv/shop/network/vpc-id"
    assert names.ttl_cleanup_parameter("shop", "topic") == "/mockenv/shop/ttl-cleanup/topic"


def test_the_longest_names_fit_what_aws_allows() -> None:
    """Stacks have 128 characters, Lambda functions 64 (quotas of CloudFormation and Lambda)."""
    project, environment = "p" * 16, "e" * 20
    assert len(names.environment_stack(project, environment)) <= 128
    assert len(names.registration_function(project)) <= 64


def test_pull_requests_and_named_environments_share_no_priority() -> None:
    assert names.NAMED_PRIORITIES.start > names.HIGHEST_PULL_REQUEST
    assert names.NAMED_PRIORITIES[-1] == 50_000
