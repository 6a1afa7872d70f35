"""aws-jwt-verify in a Node process of its own, asked line by line."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.token_samples import AUDIENCE, ISSUER, Sample, jwks_of
from mockenv.errors import MockenvError
from mockenv.local.tools import find_node

FOLDER = Path(__file__).parent / "aws_jwt_verify"


class AwsVerifier:
    """Measures verifications in its process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def microseconds_per_call(self, algorithm: str, calls: int) -> float:
        """CPU of its main thread; raises MockenvError if it gives no number."""
        self.tell(f"{algorithm} {calls}")
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise MockenvError(
                f"aws-jwt-verify in {FOLDER} ended without an answer",
                next_step=f"run npm ci --prefix {FOLDER}, then measure again",
            )
        return float(line)

    def tell(self, line: str) -> None:
        """Send it a line."""
        if self._process.stdin:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()


@contextmanager
def aws_verifier(samples: Mapping[str, Sample]) -> Iterator[AwsVerifier]:
    """Start it with the same keys, tokens and expectations as the others."""
    process = subprocess.Popen(
        [str(find_node()), str(FOLDER / "verify.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    verifier = AwsVerifier(process)
    try:
        verifier.tell(json.dumps(_told(samples)))
        yield verifier
    finally:
        process.terminate()
        process.communicate()


def _told(samples: Mapping[str, Sample]) -> dict[str, Any]:
    tokens = {name: sample.token for name, sample in samples.items()}
    return {
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "jwks": jwks_of(samples),
        "tokens": tokens,
    }
