"""What users are told when AWS says no, or nothing."""

import pytest
from botocore import exceptions as boto  # type: ignore[import-untyped]

from mockenv.cloud.aws_errors import explained
from mockenv.errors import ExitCode, MockenvError
from ttl_cleanup.registry.record import UnreadableRecordError


def told(error: Exception) -> MockenvError:
    with pytest.raises(MockenvError) as caught, explained():
        raise error
    return caught.value


def answer(code: str) -> boto.ClientError:
    return boto.ClientError({"Error": {"Code": code, "Message": "words of AWS"}}, "DescribeStacks")


@pytest.mark.parametrize(
    ("code", "message", "step"),
    [
        ("ExpiredToken", "have expired", "log in again"),
        ("InvalidClientTokenId", "does not accept your credentials", "log in again"),
        ("AccessDenied", "DescribeStacks was denied (words of AWS)", "ask for that permission"),
        ("ThrottlingException", "too many requests", "wait a minute"),
        ("InternalFailure", "DescribeStacks failed: InternalFailure: words of AWS", "--debug"),
    ],
)
def test_answers_of_aws(code: str, message: str, step: str) -> None:
    error = told(answer(code))
    assert message in error.message
    assert step in error.next_step


@pytest.mark.parametrize(
    ("error", "message", "step"),
    [
        (boto.NoCredentialsError(), "there are no AWS credentials", "aws sso login"),
        (boto.NoRegionError(), "no AWS region is chosen", "--region"),
        (boto.ProfileNotFound(profile="x"), "(x)", "list-profiles"),
        (boto.UnauthorizedSSOTokenError(), "login has expired", "log in again"),
        (boto.EndpointConnectionError(endpoint_url="https://x"), "can't be reached", "network"),
        (boto.ReadTimeoutError(endpoint_url="https://x"), "can't be reached", "network"),
        (boto.DataNotFoundError(data_path="x"), "boto3 gave up", "--debug"),
    ],
)
def test_what_goes_wrong_on_this_side(error: Exception, message: str, step: str) -> None:
    seen = told(error)
    assert message in seen.message
    assert step in seen.next_step


def test_a_missing_region_is_bad_input() -> None:
    assert told(boto.NoRegionError()).exit_code == ExitCode.BAD_INPUT


def test_our_own_errors_and_those_of_others_pass_unchanged() -> None:
    ours = MockenvError("ours", next_step="go on")
    with pytest.raises(MockenvError, match="ours") as caught, explained():
        raise ours
    assert caught.value is ours
    with pytest.raises(ZeroDivisionError), explained():
        _ = 1 / 0


def test_a_refusal_of_the_registry_is_told_as_it_is() -> None:
    error = told(UnreadableRecordError("the record of environment pr-7 can't be read"))
    assert error.message == "the record of environment pr-7 can't be read"
    assert "mockenv list" in error.next_step
