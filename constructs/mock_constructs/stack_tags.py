"""The tags by which stacks, and all that they hold, are known to belong to a project."""

from mockenv import names
from mockenv.settings.durations import format_ttl
from mockenv.settings.resolve import EnvironmentSettings


def shared_stack_tags(project: str) -> dict[str, str]:
    """Tag what all environments of a project share."""
    return {names.TAG_PROJECT: project}


def environment_stack_tags(settings: EnvironmentSettings) -> dict[str, str]:
    """Tag an environment: by these the cleanup finds it, and knows it even without a record."""
    tags = shared_stack_tags(settings.project) | {
        names.TAG_ENVIRONMENT: settings.environment,
        names.TAG_TTL: format_ttl(settings.ttl_seconds),
    }
    return tags | ({names.TAG_OWNER: settings.owner} if settings.owner else {})
