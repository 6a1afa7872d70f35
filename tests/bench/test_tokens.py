"""What the token benchmark compares: the same token, accepted by all, and by none once changed."""

from collections.abc import Callable
from functools import cached_property

import jwt
import pytest
from cryptography.exceptions import InvalidSignature

from bench.token_samples import Sample, jwks_of, make_samples
from bench.token_verifiers import handler, pyjwt, raw

SAMPLES = make_samples()


class Forged(Sample):
    """A token that another key has signed."""

    @cached_property
    def der_signature(self) -> bytes:
        return make_samples()[self.algorithm].der_signature


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_all_accept_the_same_token(algorithm: str) -> None:
    sample = SAMPLES[algorithm]
    raw(sample)()
    assert pyjwt(sample)()
    answer = handler(sample, jwks_of(SAMPLES))()
    assert isinstance(answer, dict)
    assert answer["isAuthorized"] is True
    assert answer["context"]["scopes"] == "payments.read payments.write"


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
@pytest.mark.parametrize(
    ("verify", "refusal"),
    [
        (raw, InvalidSignature),
        (pyjwt, jwt.InvalidSignatureError),
        (lambda sample: handler(sample, jwks_of(SAMPLES)), RuntimeError),
    ],
)
def test_none_accepts_a_signature_by_another_key(
    algorithm: str,
    verify: Callable[[Sample], Callable[[], object]],
    refusal: type[Exception],
) -> None:
    sample = SAMPLES[algorithm]
    forged = Forged(sample.algorithm, sample.private_key, sample.issued_at)
    with pytest.raises(refusal):
        verify(forged)()
