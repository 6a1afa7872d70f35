"""Puts what boto3 raises into words that a user can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from botocore import exceptions as boto  # type: ignore[import-untyped]

from mockenv.errors import ExitCode, MockenvError
from ttl_cleanup.failure import RefusedError

LOG_IN = "log in again (aws sso login, or renew the variables AWS_…), then run the command again"
AGAIN = "look at mockenv list, then run the command again"
DEBUG = "run the command again with --debug to see where"


class Explanation(NamedTuple):
    """What to say of an error; `{error}`, `{code}`, `{operation}` stand for what is known of it."""

    message: str
    next_step: str
    exit_code: ExitCode = ExitCode.FAILED


EXPIRED = Explanation("your AWS credentials have expired", LOG_IN)
UNKNOWN_KEY = Explanation("AWS does not accept your credentials ({code})", LOG_IN)
DENIED = Explanation(
    "you may not do this: {operation} was denied ({error})",
    "ask for that permission, or choose --profile",
)
THROTTLED = Explanation(
    "AWS has had too many requests ({operation}: {code})",
    "wait a minute, then run the command again",
)
UNREACHABLE = Explanation(
    "AWS can't be reached: {error}", "check your network and --region, then try again"
)
OTHER_ANSWER = Explanation("{operation} failed: {code}: {error}", DEBUG)
# Codes from the common errors of the AWS APIs, and S3's and STS's own spellings of them.
ANSWERS = {
    **dict.fromkeys(
        ("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"), EXPIRED
    ),
    **dict.fromkeys(
        (
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "AuthFailure",
        ),
        UNKNOWN_KEY,
    ),
    **dict.fromkeys(
        ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403"), DENIED
    ),
    **dict.fromkeys(
        ("Throttling", "ThrottlingException", "TooManyRequestsException", "SlowDown"), THROTTLED
    ),
}
# The first that fits counts: boto3's own classes, from the special to the general.
FAILURES: tuple[tuple[type[Exception], Explanation], ...] = (
    (
        boto.NoRegionError,
        Explanation(
            "no AWS region is chosen", "give --region, or set AWS_REGION", ExitCode.BAD_INPUT
        ),
    ),
    (
        boto.ProfileNotFound,
        Explanation(
            "{error}",
            "choose one of those that aws configure list-profiles shows",
            ExitCode.BAD_INPUT,
        ),
    ),
    (
        boto.NoCredentialsError,
        Explanation("there are no AWS credentials", "give --profile, or log in: aws sso login"),
    ),
    (
        boto.PartialCredentialsError,
        Explanation("the AWS credentials are not whole: {error}", "set all variables AWS_… of it"),
    ),
    (boto.SSOError, Explanation("your AWS login has expired", LOG_IN)),
    (boto.TokenRetrievalError, Explanation("your AWS login has expired", LOG_IN)),
    (boto.CredentialRetrievalError, Explanation("AWS credentials can't be had: {error}", LOG_IN)),
    (boto.ConnectionError, UNREACHABLE),
    (boto.HTTPClientError, UNREACHABLE),
    (boto.BotoCoreError, Explanation("boto3 gave up: {error}", DEBUG)),
)


@contextmanager
def explained() -> Iterator[None]:
    """Turn boto3's errors within the block, and refusals of the registry, into MockenvErrors."""
    try:
        yield
    except RefusedError as error:
        raise MockenvError(str(error), next_step=AGAIN) from error
    except boto.ClientError as error:
        raise _answered(error) from error
    except boto.BotoCoreError as error:
        explanation = next(told for kind, told in FAILURES if isinstance(error, kind))
        raise _worded(explanation, error=str(error)) from error


def _answered(error: boto.ClientError) -> MockenvError:
    answer = error.response.get("Error", {})
    code, words = str(answer.get("Code", "no code")), str(answer.get("Message", "no message"))
    explanation = ANSWERS.get(code, OTHER_ANSWER)
    return _worded(explanation, error=words, code=code, operation=error.operation_name)


def _worded(explanation: Explanation, **known: str) -> MockenvError:
    message = explanation.message.format(**known)
    return MockenvError(message, next_step=explanation.next_step, exit_code=explanation.exit_code)
