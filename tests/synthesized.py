"""Synthesizes all kinds of stacks for tests, and looks into what comes out."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mockenv.local.tools import find_node
from mockenv.settings.resolve import load_settings

if TYPE_CHECKING:
    from mockenv.settings.network import Network

Resource = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
CONFIG_LOADER = ROOT / ".build" / "mock_host" / "config_loader.mjs"
STAND_IN_SHA256 = "5" * 64
OPENAPI = "openapi: 3.1.0\ninfo: {title: stand-in, version: '1'}\npaths: {}\n"

SETTINGS = """\
project: payments
mocks:
  core: {path: /, spec: core.yaml}
  auth: {path: /auth, spec: auth.yaml}
tokens:
  cache_seconds: 120
  kinds:
    - kind: static
      sha256: [9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08]
environments:
  load:
    priority: 40001
    size: large
    tasks: {min: 10, max: 200}
    spot: true
    ttl: 4h
    throttle: {requests_per_second: 10000, burst: 5000}
  surge: {priority: 40003, tasks: {min: 1, max: 200}}
  heavy:
    priority: 40004
    size: large
    tasks: {min: 10, max: 200, requests_per_second: 62}
  int: {priority: 40002, ttl: never, max_ttl: never, owner: somebody@example.com}
  dedicated: {priority: 40005, network: dedicated, tasks: {min: 2, max: 50}}
  existing:
    priority: 40006
    network:
      vpc_id: vpc-0a1b2c3d
      task_subnet_ids: [subnet-0a1b2c3d, subnet-1a1b2c3d, subnet-2a1b2c3d]
      inner_subnet_ids: [subnet-3a1b2c3d, subnet-4a1b2c3d, subnet-5a1b2c3d]
  stage:
    priority: 40007
    deployment: blue-green
    tasks: {min: 2, max: 6}
    ttl: never
    max_ttl: never
"""
SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mockenv/tokens-AbCdEf"
SETTINGS_WITH_SECRET = f"""\
project: payments
mocks:
  core: {{path: /, spec: core.yaml}}
  auth: {{path: /auth, spec: auth.yaml, scopes: [login, read]}}
tokens:
  cache_seconds: 0
  kinds:
    - {{kind: static, secret: "{SECRET_ARN}", scopes: [login]}}
    - {{kind: github-actions, audience: [mocks], repository_id: [74], scopes: [login, read]}}
"""
OPEN_SETTINGS = """\
project: payments
mocks:
  core: {path: /, spec: core.yaml}
  ledger: {path: /ledger, engine: mockserver, expectations: ledger.json}
tokens: none-i-want-this-open
defaults: {size: large, spot: true}
"""
DOMAIN = "domain: {name: mocks.example.com, hosted_zone_id: Z0123456789ABCDEFGHIJ}\n"
SETTINGS_WITH_DOMAIN = f"""\
project: payments
mocks:
  core: {{path: /, spec: core.yaml}}
  auth: {{path: /auth, spec: auth.yaml}}
tokens: {{kinds: [{{kind: static, secret: "{SECRET_ARN}"}}]}}
{DOMAIN}"""
CERTIFICATE = (
    "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
)
KMS_KEY = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
REGISTRY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
SETTINGS_WITH_IMAGES_AND_KEY = f"""\
project: payments
mocks:
  core: {{path: /, spec: core.yaml}}
  ledger: {{path: /ledger, engine: mockserver, expectations: ledger.json, stateless: true}}
tokens: {{kinds: [{{kind: static, secret: "{SECRET_ARN}"}}]}}
images:
  registries: {{public.ecr.aws: {REGISTRY}/ecr-public, docker.io: {REGISTRY}/docker-hub}}
  mock_host: "{REGISTRY}/mirror/docker/library/node:24.19.0-alpine@sha256:{"0123456789abcdef" * 4}"
  mockserver: {{image: "mockserver/mockserver:8.0.0", arm64: false}}
domain:
  name: mocks.example.com
  hosted_zone_id: Z0123456789ABCDEFGHIJ
  certificate_arn: {CERTIFICATE}
kms_key: {KMS_KEY}
defaults: {{size: large, spot: true, on_demand_base: 2, tasks: {{min: 3, max: 20}}}}
"""
SETTINGS_WITH_MOCKSERVER = """\
project: payments
mocks:
  ledger: {path: /ledger, engine: mockserver, expectations: ledger.json}
  audit: {path: /audit/v1, engine: mockserver, expectations: audit.json}
tokens: {header: x-mock-token}
defaults: {size: large}
"""


@dataclass(frozen=True)
class Synthesized:
    """A cloud assembly in a folder; stacks go by the ids given in `synthesize_all`."""

    folder: Path

    def template(self, stack: str) -> dict[str, Any]:
        """Return a stack's template as data."""
        text = (self.folder / f"{stack}.template.json").read_text(encoding="utf-8")
        template: dict[str, Any] = json.loads(text)
        return template

    def manifest(self, stack: str) -> dict[str, Any]:
        """Return what the assembly's manifest says of a stack."""
        manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        properties: dict[str, Any] = manifest["artifacts"][stack]["properties"]
        return properties

    def metadata(self, stack: str) -> str:
        """Return what the assembly says beside a stack's template, such as warnings."""
        return (self.folder / f"{stack}.metadata.json").read_text(encoding="utf-8")

    def stacks(self) -> list[str]:
        """List the ids of all stacks."""
        return sorted(path.name.split(".")[0] for path in self.folder.glob("*.template.json"))

    def all_of(self, stack: str, kind: str) -> list[Resource]:
        """List a stack's resources of one type."""
        resources = self.template(stack)["Resources"].values()
        return [resource for resource in resources if resource["Type"] == kind]

    def only(self, stack: str, kind: str) -> Resource:
        """Return a stack's one resource of a type."""
        (resource,) = self.all_of(stack, kind)
        return resource

    def logical_id(self, stack: str, kind: str) -> str:
        """Return the logical id of a stack's one resource of a type."""
        resources = self.template(stack)["Resources"].items()
        (logical_id,) = (name for name, resource in resources if resource["Type"] == kind)
        return str(logical_id)

    def properties(self, stack: str, kind: str) -> dict[str, Any]:
        """Return the properties of a stack's one resource of a type."""
        properties: dict[str, Any] = self.only(stack, kind)["Properties"]
        return properties

    def container(self, stack: str, name: str) -> dict[str, Any]:
        """Return a container's definition."""
        task = self.properties(stack, "AWS::ECS::TaskDefinition")
        (container,) = (c for c in task["ContainerDefinitions"] if c["Name"] == name)
        return dict(container)

    def statements(self, stack: str) -> Iterator[dict[str, Any]]:
        """Yield every statement of every identity policy."""
        for policy in self.all_of(stack, "AWS::IAM::Policy"):
            yield from policy["Properties"]["PolicyDocument"]["Statement"]
        for role in self.all_of(stack, "AWS::IAM::Role"):
            for policy in role["Properties"].get("Policies", []):
                yield from policy["PolicyDocument"]["Statement"]


def prepare_cdk() -> None:
    """Do as app.py does before CDK is loaded: its runtime reads these once, when it starts."""
    os.environ.setdefault("JSII_NODE", str(find_node()))
    os.environ.setdefault("CDK_VALIDATION", "false")


def synthesize_all(folder: Path) -> Synthesized:
    """Compose every kind of stack in one app and write the assembly below `folder`."""
    app = _app(folder)
    _compose_shared(app, folder)
    for environment in (
        *("pr-123", "load", "surge", "heavy"),
        *("int", "stage", "dedicated", "existing"),
    ):
        _compose_environment(app, folder, environment, SETTINGS)
    _compose_environment(app, folder, "pr-7", SETTINGS_WITH_MOCKSERVER)
    _compose_environment(app, folder, "pr-8", SETTINGS_WITH_SECRET)
    _compose_environment(app, folder, "pr-9", OPEN_SETTINGS)
    _compose_environment(app, folder, "pr-443", SETTINGS_WITH_DOMAIN)
    _compose_environment(app, folder, "pr-512", SETTINGS_WITH_IMAGES_AND_KEY)
    app.synth()
    return Synthesized(folder / "assembly")


def synthesize_environments(folder: Path, settings: Mapping[str, str]) -> Synthesized:
    """Compose environments alone, by name, each from its settings file's text."""
    app = _app(folder)
    for environment, text in settings.items():
        _compose_environment(app, folder, environment, text)
    app.synth()
    return Synthesized(folder / "assembly")


def synthesize_network(folder: Path, network: "Network") -> Synthesized:
    """Compose a network stack alone, under the id `network`."""
    app = _app(folder)
    _compose_network(app, "network", network)
    app.synth()
    return Synthesized(folder / "assembly")


def synthesize_one(folder: Path, environment: str, settings: str) -> Synthesized:
    """Compose one environment of a settings file in an app of its own."""
    from aws_cdk import Acknowledgment, Validations  # noqa: PLC0415 (must come after prepare_cdk)

    app = _app(folder)
    Validations.of(app).acknowledge(Acknowledgment(id="mockenv:open", reason="It is a test"))
    _compose_environment(app, folder, environment, settings)
    app.synth()
    return Synthesized(folder / "assembly")


def synthesize_shared(folder: Path, settings: str) -> Synthesized:
    """Compose the shared stacks that a settings file wants, as the app does."""
    from stacks.app_request import SharedStacks  # noqa: PLC0415 (must come after prepare_cdk)
    from stacks.synthesis import synthesize  # noqa: PLC0415

    loaded = load_settings(write_settings(folder, settings))
    context = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CDK_OUTDIR", str(folder / "shared"))
        synthesize(SharedStacks(loaded.settings), root=ROOT, context=context)
    return Synthesized(folder / "shared")


def _app(folder: Path) -> Any:
    from aws_cdk import App  # noqa: PLC0415 (must come after prepare_cdk)

    context = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    return App(context=context, outdir=str(folder / "assembly"), tree_metadata=False)


def _compose_network(app: Any, stack: str, network: "Network") -> None:
    from stacks.network import NetworkStack  # noqa: PLC0415

    NetworkStack(app, stack, project="payments", network=network, log_retention_days=7)


def _compose_shared(app: Any, folder: Path) -> None:
    from mockenv.lambda_package import LambdaPackage  # noqa: PLC0415
    from mockenv.settings.domain import Domain  # noqa: PLC0415
    from mockenv.settings.network import ExistingNetwork, Nat, Network  # noqa: PLC0415
    from stacks.network import NetworkStack  # noqa: PLC0415
    from stacks.ttl_cleanup import TtlCleanupStack  # noqa: PLC0415

    for nat in Nat:
        _compose_network(app, f"network-{nat}", Network(cidr="10.0.0.0/16", nat=nat))
    _compose_network(app, "network-two", Network(load_balancers=(1, 480)))
    subnets = ("subnet-0a1b2c3d", "subnet-1a1b2c3d", "subnet-2a1b2c3d")
    existing = ExistingNetwork(vpc_id="vpc-0a1b2c3d", task_subnet_ids=subnets, public_tasks=True)
    _compose_network(app, "network-existing", Network(existing=existing))
    domain = Domain(name="mocks.example.com", hosted_zone_id="Z0123456789ABCDEFGHIJ")
    NetworkStack(
        app,
        "network-domain-key",
        project="payments",
        network=Network(),
        log_retention_days=30,
        domain=domain,
        kms_key=KMS_KEY,
    )
    package = LambdaPackage(_packed(folder / "ttl_cleanup"), STAND_IN_SHA256)
    for stack, kms_key in (("ttl-cleanup", None), ("ttl-cleanup-key", KMS_KEY)):
        TtlCleanupStack(
            app,
            stack,
            project="payments",
            ttl_cleanup=package,
            notified=["team@example.com"],
            kms_key=kms_key,
        )


def _compose_environment(app: Any, folder: Path, environment: str, settings: str) -> None:
    from mock_constructs.artifacts import EnvironmentArtifacts  # noqa: PLC0415
    from mockenv.lambda_package import LambdaPackage  # noqa: PLC0415
    from mockenv.settings.resolve import resolve_environment  # noqa: PLC0415
    from stacks.environment import EnvironmentStack  # noqa: PLC0415

    resolved = resolve_environment(write_settings(folder / environment, settings), environment)
    assert resolved.priority is not None
    EnvironmentStack(
        app,
        environment,
        settings=resolved,
        priority=resolved.priority,
        artifacts=EnvironmentArtifacts(
            sources_folder=_stand_in(folder / environment / "sources"),
            sources_version="0123456789abcdef",
            mock_host_bundle=_stand_in(folder / environment / "bundle", "mock_host.mjs")
            / "mock_host.mjs",
            config_loader=CONFIG_LOADER,
            token_validator=LambdaPackage(_packed(folder / "validator"), STAND_IN_SHA256),
        ),
    )


def write_settings(folder: Path, settings: str) -> Path:
    """Write a settings file, and the sources that those above name, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in ("core.yaml", "auth.yaml"):
        (folder / document).write_text(OPENAPI, encoding="utf-8")
    for expectations in ("ledger.json", "audit.json"):
        (folder / expectations).write_text("[]", encoding="utf-8")
    file = folder / "mockenv.yaml"
    file.write_text(settings, encoding="utf-8")
    return file


def _stand_in(folder: Path, name: str = "stand_in") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("stand-in\n", encoding="utf-8")
    return folder


def _packed(folder: Path) -> Path:
    """Make a stand-in for a Lambda package, with its archive beside it."""
    shutil.make_archive(str(_stand_in(folder)), "zip", folder)
    return folder
