"""What is deployed: settings files, written where a run needs them."""

import hashlib
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

PROJECT = "payments"
TOKEN = secrets.token_urlsafe(24)
DIGEST = hashlib.sha256(TOKEN.encode()).hexdigest()
NAME, OTHER_NAME = "name: Core API", "name: Renamed API"

# The sample's documents, with a token that a run can make itself.
SETTINGS = f"""\
project: {PROJECT}
mocks:
  core: {{path: /, spec: mocks/core.yaml}}
  auth: {{path: /auth, spec: mocks/auth.yaml}}
tokens:
  cache_seconds: 0
  kinds: [{{kind: static, sha256: ["{DIGEST}"]}}]
notifications: [team@example.com]
defaults: {{ttl: 8h}}
environments:
  load: {{priority: 40001, size: large, tasks: {{min: 2, max: 20}}, spot: true}}
  alone: {{priority: 40002, network: dedicated}}
  stage: {{priority: 40003, deployment: blue-green}}
"""
SECOND_BALANCER = "network: {load_balancers: [1, 480]}\n"
SETTINGS_WITH_MOCKSERVER = f"""\
project: {PROJECT}
mocks:
  ledger: {{path: /ledger, engine: mockserver, expectations: ledger.json}}
tokens:
  header: x-mock-token
  cache_seconds: 0
  kinds: [{{kind: static, sha256: ["{DIGEST}"]}}]
defaults: {{size: large}}
"""
DOMAIN_PROJECT, DOMAIN = "shop", "mocks.example.com"
SETTINGS_WITH_DOMAIN = f"""\
project: {DOMAIN_PROJECT}
mocks:
  ledger: {{path: /, engine: mockserver, expectations: ledger.json}}
tokens:
  cache_seconds: 0
  kinds: [{{kind: static, sha256: ["{DIGEST}"]}}]
network: {{cidr: 10.1.0.0/16}}
defaults: {{size: large}}
"""


def sample(root: Path, folder: Path, *, renamed: bool = False) -> Path:
    """Write a settings file and the sample's documents; `renamed` changes one answer."""
    shutil.copytree(root / "mocks", folder / "mocks", dirs_exist_ok=True)
    if renamed:
        core = folder / "mocks" / "core.yaml"
        core.write_text(core.read_text().replace(NAME, OTHER_NAME))
    return _settings(folder, SETTINGS)


def with_networks(root: Path, folder: Path, vpc_id: str, subnet_ids: Sequence[str]) -> Path:
    """Write the sample with a second load balancer, and `partner` in a VPC that is there."""
    shutil.copytree(root / "mocks", folder / "mocks", dirs_exist_ok=True)
    subnets = ", ".join(subnet_ids)
    existing = f"{{vpc_id: {vpc_id}, task_subnet_ids: [{subnets}]}}"
    partner = f"  partner: {{priority: 40004, network: {existing}}}\n"
    return _settings(folder, f"{SETTINGS}{partner}{SECOND_BALANCER}")


def with_mockserver(folder: Path) -> Path:
    """Write a settings file whose one mock is MockServer's."""
    return _expectations(folder, SETTINGS_WITH_MOCKSERVER)


def with_domain(folder: Path, hosted_zone_id: str, kms_key: str) -> Path:
    """Write the settings file of another project, with a domain and a key."""
    domain = f"domain: {{name: {DOMAIN}, hosted_zone_id: {hosted_zone_id}}}\n"
    return _expectations(folder, f"{SETTINGS_WITH_DOMAIN}{domain}kms_key: {kms_key}\n")


def _expectations(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ledger.json").write_text("[]")
    return _settings(folder, text)


def _settings(folder: Path, text: str) -> Path:
    file = folder / "mockenv.yaml"
    file.write_text(text)
    return file
