"""From a request to a cloud assembly: builds the artifacts, composes the stacks, writes them."""

# ruff: noqa: PLC0415 (loading is most of a synth: each kind of stack is loaded when it is wanted)

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_cdk import Annotations, App

from mock_constructs.artifacts import EnvironmentArtifacts
from mockenv import names
from mockenv.errors import MockenvError
from mockenv.lambda_package import LambdaPackage, build_lambda_package
from mockenv.live_secrets import find_live_secrets
from mockenv.settings.model import SettingsFile
from mockenv.settings.resolve import EnvironmentSettings
from mockenv.sources import write_sources
from stacks.app_request import OneEnvironment, SharedStacks

# The assembly does without what only tools read that we don't use: it takes its time to write,
# and holds this machine's paths.
LEAN_ASSEMBLY = {
    "aws:cdk:disable-stack-trace": True,
    "aws:cdk:disable-logicalId-metadata": True,
    "aws:cdk:disable-creation-stack-traces": True,
}


def synthesize(
    wanted: SharedStacks | OneEnvironment, *, root: Path, context: Mapping[str, Any]
) -> None:
    """Write the assembly of one environment, or of the shared stacks, where the CDK CLI wants it.

    `root` is the project's folder, `context` what cdk.json says. Raises MockenvError for sources
    that can't be used, and for parts that are not built.
    """
    app = App(context=dict(context) | LEAN_ASSEMBLY, tree_metadata=False)
    if isinstance(wanted, SharedStacks):
        _compose_shared(app, wanted.settings, root)
        app.synth()
        return
    with tempfile.TemporaryDirectory(prefix="mockenv-sources-") as sources_folder:
        artifacts = _artifacts(wanted.settings, root, Path(sources_folder))
        _compose_environment(app, wanted, artifacts)
        app.synth()


def _compose_shared(app: App, settings: SettingsFile, root: Path) -> None:
    from stacks.network import NetworkStack
    from stacks.ttl_cleanup import TtlCleanupStack

    project = settings.project
    network = NetworkStack(
        app,
        names.network_stack(project),
        project=project,
        network=settings.network,
        domain=settings.domain,
        log_retention_days=settings.log_retention_days,
        kms_key=settings.kms_key,
    )
    ttl_cleanup = TtlCleanupStack(
        app,
        names.ttl_cleanup_stack(project),
        project=project,
        ttl_cleanup=_lambda_package(root, "ttl_cleanup"),
        notified=settings.notifications,
        kms_key=settings.kms_key,
    )
    # So that a destroy begins with it: its guard refuses as long as there are environments, whose
    # listeners and cluster the network stack would take away.
    ttl_cleanup.add_stack_dependency(network)


def _compose_environment(app: App, wanted: OneEnvironment, artifacts: EnvironmentArtifacts) -> None:
    """Add exactly one stack, so that `cdk deploy -c env=…` needs no stack's name."""
    from stacks.environment import EnvironmentStack

    settings = wanted.settings
    for secret in find_live_secrets(settings.mocks):
        warning_id = f"mockenv:secret:{secret.file}:{secret.line}"
        Annotations.of(app).add_warning_v2(warning_id, str(secret))
    EnvironmentStack(
        app,
        names.environment_stack(settings.project, settings.environment),
        settings=settings,
        priority=wanted.priority,
        artifacts=artifacts,
    )


def _artifacts(
    settings: EnvironmentSettings, root: Path, sources_folder: Path
) -> EnvironmentArtifacts:
    built = root / ".build" / "mock_host"
    bundle, loader = built / "mock_host.mjs", built / "config_loader.mjs"
    if not (bundle.is_file() and loader.is_file()):
        raise MockenvError("the mock host is not built", next_step="run make setup")
    return EnvironmentArtifacts(
        sources_folder=sources_folder,
        sources_version=write_sources(settings, sources_folder),
        mock_host_bundle=bundle,
        config_loader=loader,
        token_validator=_lambda_package(root, "token_validator"),
    )


def _lambda_package(root: Path, name: str) -> LambdaPackage:
    source = root / "lambda_src" / name
    return build_lambda_package(
        source, source / "requirements.txt", root / ".build" / "lambda", architecture="arm64"
    )
