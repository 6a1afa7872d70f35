"""Images, domain, key, logs, alarms: what only AWS reads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mockenv.settings.domain import Domain
from mockenv.settings.images import ChosenImage
from mockenv.settings.model import AlarmSet, Deployment
from mockenv.settings.problems import Problem
from mockenv.settings.resolve import resolve_environment
from synthesized import CERTIFICATE

Write = Callable[[str], Path]
Ask = Callable[[str], Problem]

MINIMAL = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"
DIGEST = "sha256:" + "0123456789abcdef" * 4
CACHE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/ecr-public"
KEY = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"

MULTI_REGION_KEY = "arn:aws:kms:eu-central-1:123456789012:key/mrk-" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "image",
    [
        "node:24.19.0",
        "public.ecr.aws/docker/library/node:24.19.0-alpine",
        f"public.ecr.aws/docker/library/node@{DIGEST}",
        f"registry.example.com:5000/tools/node:24.19.0-alpine@{DIGEST}",
    ],
)
def test_an_image_is_named_for_good(settings_file: Write, image: str) -> None:
    file = settings_file(f"{MINIMAL}images: {{mock_host: '{image}'}}\n")
    assert resolve_environment(file, "dev").images.mock_host == ChosenImage(image=image)


def test_an_image_may_say_that_it_is_not_for_arm(settings_file: Write) -> None:
    text = f"{MINIMAL}images: {{mockserver: {{image: 'a/b:1', arm64: false}}}}\n"
    images = resolve_environment(settings_file(text), "dev").images
    assert images.mockserver == ChosenImage(image="a/b:1", arm64=False)
    assert images.mock_host is None


@pytest.mark.parametrize(
    ("key", "value", "right"),
    [
        ("images", "{mock_host: node}", "an exact tag or a digest"),
        ("images", "{mock_host: 'node:latest'}", "another image every day"),
        ("images", "{mock_host: 'node@sha256:123'}", "an exact tag or a digest"),
        ("images", "{mock_host: {arm64: false}}", "add image:"),
        ("images", f"{{registries: {{'https://public.ecr.aws': {CACHE}}}}}", "a host's name"),
        ("images", "{registries: {public.ecr.aws: 'https://cache'}}", "a host's name and a path"),
        ("domain", "{name: mocks.example.com}", "add hosted_zone_id:"),
        ("domain", "{name: Mocks, hosted_zone_id: Z0123456789}", "a host's name"),
        ("domain", "{name: mocks.example.com, hosted_zone_id: abc}", "starts with Z"),
        (
            "domain",
            "{name: mocks.example.com, hosted_zone_id: Z012, certificate_arn: abc}",
            "arn:aws:acm:REGION:ACCOUNT:certificate/ID",
        ),
        (
            "domain",
            f"{{name: {'a' * 51}.example.com, hosted_zone_id: Z012}}",
            "no certificate for a name longer than 62",
        ),
        (
            "domain",
            f"{{name: {'a' * 61 + '.'}{'b' * 61 + '.'}{'c' * 61 + '.'}{'d' * 44}.co, "
            f"hosted_zone_id: Z012, certificate_arn: '{CERTIFICATE}'}}",
            "at most 232 characters",
        ),
        ("kms_key", "alias/mine", "arn:aws:kms:REGION:ACCOUNT:key/ID"),
        ("kms_key", f"'{MULTI_REGION_KEY}'", "neither an alias nor of several regions"),
        ("log_retention_days", "8", "7, 14"),
        ("log_retention_days", "'7'", "a whole number"),
        ("defaults", "{on_demand_base: 2}", "add spot: true"),
        ("defaults", "{on_demand_base: -1, spot: true}", "greater than or equal to 0"),
        ("defaults", "{alarms: none}", "'one' or 'all'"),
    ],
)
def test_mistakes_are_named(problem: Ask, key: str, value: str, right: str) -> None:
    found = problem(f"{MINIMAL}{key}: {value}\n")
    assert found.line == 4
    assert found.key.startswith(key)
    assert right in found.right


def test_what_is_given_reaches_the_environment(settings_file: Write) -> None:
    text = f"""{MINIMAL}
images: {{registries: {{public.ecr.aws: {CACHE}}}}}
domain: {{name: mocks.example.com, hosted_zone_id: Z0123456789ABC}}
kms_key: {KEY}
log_retention_days: 14
defaults: {{spot: true, on_demand_base: 2}}
"""
    settings = resolve_environment(settings_file(text), "pr-7")
    assert settings.images.registries == {"public.ecr.aws": CACHE}
    assert settings.domain is not None
    assert settings.domain.host("pr-7") == "pr-7.mocks.example.com"
    assert (settings.kms_key, settings.log_retention_days) == (KEY, 14)
    assert (settings.spot, settings.on_demand_base) == (True, 2)


@pytest.mark.parametrize(
    ("letters", "certificate"), [(50, ""), (60, f", certificate_arn: '{CERTIFICATE}'")]
)
def test_the_longest_domains_are_taken(
    settings_file: Write, letters: int, certificate: str
) -> None:
    name = f"{'a' * letters}.example.com"
    text = f"{MINIMAL}domain: {{name: {name}, hosted_zone_id: Z012{certificate}}}\n"
    domain = resolve_environment(settings_file(text), "dev").domain
    assert domain is not None
    assert domain.wildcard == f"*.{name}"


def test_a_host_fits_into_dns_whatever_the_environment() -> None:
    labels = ["a" * 63, "b" * 63, "c" * 63, "d" * 37, "ee"]
    domain = Domain(name=".".join(labels), hosted_zone_id="Z012", certificate_arn=CERTIFICATE)
    assert len(domain.host("e" * 20)) == 253


def test_pull_requests_have_one_alarm_and_others_all(settings_file: Write) -> None:
    text = f"{MINIMAL}environments:\n  pr-7: {{alarms: all}}\n  quiet: {{alarms: one}}\n"
    file = settings_file(text)
    names = ["pr-1", "int", "pr-7", "quiet"]
    found = [resolve_environment(file, name).alarms for name in names]
    assert found == [AlarmSet.ONE, AlarmSet.ALL, AlarmSet.ALL, AlarmSet.ONE]


def test_deployments_roll_unless_it_is_said_otherwise(settings_file: Write) -> None:
    file = settings_file(f"{MINIMAL}environments:\n  int: {{deployment: blue-green}}\n")
    found = [resolve_environment(file, name).deployment for name in ("dev", "int")]
    assert found == [Deployment.ROLLING, Deployment.BLUE_GREEN]
