"""What the user of a local run should know of its tokens before it serves."""

from collections.abc import Iterator

from mockenv.settings.tokens import OPEN, LocalTokens, StaticTokens, TokenKind, Tokens


def token_warnings(tokens: Tokens | None) -> Iterator[str]:
    """Say what is not as it would be on AWS, and that nothing is checked where nothing is."""
    if tokens is None:
        yield f"WARNING: tokens is {OPEN}: every request is let through, here and on AWS"
        return
    for index, kind in enumerate(tokens.kinds):
        reason = _left_out(kind)
        if reason:
            yield f"tokens.kinds.{index} is left out here: {reason}; mockenv token makes others"


def _left_out(kind: TokenKind) -> str | None:
    if isinstance(kind, StaticTokens) and kind.secret is not None:
        return "its digests are in AWS Secrets Manager"
    if isinstance(kind, LocalTokens):
        return "a run on this machine has a key of its own"
    return None
