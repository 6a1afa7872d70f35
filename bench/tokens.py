"""The token validator beside raw signature verification, PyJWT and aws-jwt-verify."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping

from bench.aws_verifier import AwsVerifier, aws_verifier
from bench.findings import Findings
from bench.result import Result, interleave
from bench.token_samples import Sample, jwks_of, make_samples
from bench.token_verifiers import SETTINGS, Call, handler, pyjwt, raw
from bench.validator_package import bare_cpu_seconds, import_cpu_seconds, measure_packages

CALLS = 3000
RAW_LIMITS = {"RS256": 2.0, "ES256": 1.4}

Measure = Callable[[], float]


def measure_tokens(rounds: int) -> Findings:
    """Measure a verification, the import of the handler, and the size of its packages."""
    # As the handler does: what was there before is not searched for garbage at each token.
    gc.collect()
    gc.freeze()
    samples = make_samples()
    with aws_verifier(samples) as aws:
        verified = [row for name in samples for row in _verifications(name, samples, aws, rounds)]
    return Findings(results=(*verified, _import(rounds)), bounds=measure_packages())


def _verifications(
    name: str, samples: Mapping[str, Sample], aws: AwsVerifier, rounds: int
) -> Iterator[Result]:
    sample = samples[name]
    ours, *others = interleave(
        [
            _timed(handler(sample, jwks_of(samples))),
            _timed(raw(sample)),
            _timed(pyjwt(sample)),
            lambda: aws.microseconds_per_call(name, CALLS),
        ],
        rounds,
    )
    compared = ("the signature alone, `cryptography`", "PyJWT", "aws-jwt-verify on Node 24")
    limits = (RAW_LIMITS[name], 1.0, 1.0)
    for theirs, what, limit in zip(others, compared, limits, strict=True):
        yield Result(
            name=f"token validator's handler, {name}",
            unit="CPU µs",
            ours=ours,
            theirs=theirs,
            compared_with=what,
            limit=limit,
        )


def _import(rounds: int) -> Result:
    ours, theirs = interleave([lambda: import_cpu_seconds(SETTINGS), bare_cpu_seconds], rounds)
    return Result(
        name="import of the token validator's handler",
        unit="CPU s",
        ours=ours,
        theirs=theirs,
        compared_with="a Python process that does nothing",
        limit=4,
    )


def _timed(call: Call) -> Measure:
    def microseconds_per_call() -> float:
        started = time.thread_time()
        for _ in range(CALLS):
            call()
        return (time.thread_time() - started) / CALLS * 1e6

    return microseconds_per_call
