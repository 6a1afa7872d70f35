"""What an environment's profile comes to: its own keys, then `defaults`, then what is built in."""

from typing import Any

from mockenv.settings.model import (
    EnvironmentProfile,
    ExplicitSize,
    Profile,
    SettingsFile,
    TaskCount,
    Throttle,
)
from mockenv.settings.sizes import NAMED_SIZES, TaskSize

BUILT_IN_DEFAULTS = Profile(
    size="small",
    tasks=TaskCount(),
    spot=False,
    on_demand_base=0,
    ttl="8h",
    max_ttl="7d",
    throttle=Throttle(),
)
PROFILE_KEYS = tuple(Profile.model_fields)


def matching_profile(settings: SettingsFile, name: str) -> EnvironmentProfile:
    """Return the profile of that very name, or else of the longest pattern that fits it."""
    if name in settings.environments:
        return settings.environments[name]
    patterns = (pattern for pattern in settings.environments if pattern.endswith("*"))
    fitting = [pattern for pattern in patterns if name.startswith(pattern.removesuffix("*"))]
    if not fitting:
        return EnvironmentProfile()
    return settings.environments[max(fitting, key=len)]


def merged_profile(defaults: Profile, chosen: Profile) -> dict[str, Any]:
    """Return every key of a profile with its value; only `owner` and `alarms` can be None."""
    layers = (BUILT_IN_DEFAULTS, defaults, chosen)
    return {
        key: next((v for layer in reversed(layers) if (v := getattr(layer, key)) is not None), None)
        for key in PROFILE_KEYS
    }


def task_size(size: str | ExplicitSize) -> TaskSize:
    """Return a size in numbers."""
    if isinstance(size, ExplicitSize):
        return TaskSize(size.cpu, size.memory_mib)
    return NAMED_SIZES[size]
