"""How an extension is shown."""

from mockenv.cloud.extension import Extension
from mockenv.cloud.lifetimes import Lifetime
from mockenv.cloud.times import countdown, local, span, utc


def as_text(extension: Extension, now: int) -> str:
    """Return old and new end for people, in UTC and in local time."""
    return "\n".join(
        [
            _headline(extension),
            "",
            f"  old end  {_written(extension.before, now)}",
            f"  new end  {_written(extension.after, now)}",
        ]
    )


def _headline(extension: Extension) -> str:
    before, after = extension.before, extension.after
    name = extension.environment
    if before == after and after.is_pinned:
        return f"{name} is pinned already: nothing was changed"
    if before == after:
        return f"{name} ends no earlier as it is: nothing was changed"
    if after.is_pinned:
        return f"{name} is pinned: it stays until it is unpinned"
    if before.is_pinned:
        return f"{name} is no longer pinned"
    return f"{name} ends {span((after.ends_at or 0) - (before.ends_at or 0))} later"


def _written(shown: Lifetime, now: int) -> str:
    if shown.ends_at is None:
        return "none: it is pinned" if shown.is_pinned else "none"
    return f"{utc(shown.ends_at)}  {local(shown.ends_at)}  {countdown(shown.ends_at, now)}"
