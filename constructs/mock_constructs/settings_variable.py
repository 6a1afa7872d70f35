"""The token validator's settings as an environment variable: pure, no CDK."""

import json
from typing import Any

from mockenv.errors import ExitCode, MockenvError

# AWS Lambda quotas: all environment variables of a function together, names included.
MOST_SETTINGS_BYTES = 4096 - len("TOKEN_SETTINGS")


def settings_variable(settings: dict[str, Any]) -> str:
    """Write TOKEN_SETTINGS; raises MockenvError if a function's environment can't hold it."""
    text = json.dumps(settings, separators=(",", ":"), sort_keys=True)
    size_bytes = len(text.encode())
    if size_bytes > MOST_SETTINGS_BYTES:
        raise MockenvError(
            f"the token settings take {size_bytes} bytes, but a Lambda function's environment "
            f"holds {MOST_SETTINGS_BYTES}",
            next_step="name fewer static tokens or issuers under tokens.kinds in mockenv.yaml",
            exit_code=ExitCode.BAD_INPUT,
        )
    return text
