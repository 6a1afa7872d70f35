"""Refusals whose reason is shown to whoever asked: as a stack's event, or by a command."""


class RefusedError(Exception):
    """Says what is wrong and what to do, without secrets: it ends up in the stack's events."""
