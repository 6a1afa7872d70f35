"""Mistakes in values: each is named with file, line, key, what is wrong and what would be right."""

from collections.abc import Callable

import pytest

from mockenv.settings.problems import Problem, SettingsError

Ask = Callable[[str], Problem]
AskAll = Callable[[str], tuple[Problem, ...]]

MINIMAL = """\
project: shop
mocks:
  core: {path: /, spec: core.yaml}
"""


def with_mock(line: str) -> str:
    return f"project: shop\nmocks:\n  core:\n    path: /core\n    spec: core.yaml\n    {line}\n"


def with_defaults(line: str) -> str:
    return f"{MINIMAL}defaults:\n  {line}\n"


def with_environment(line: str) -> str:
    return f"{MINIMAL}environments:\n  {line}\n"


UNKNOWN_KEYS = [
    (f"{MINIMAL}toknes: {{}}\n", 4, "toknes", "did you mean tokens?"),
    (with_mock("sepc: x"), 6, "mocks.core.sepc", "did you mean spec?"),
    (with_defaults("tll: 8h"), 5, "defaults.tll", "did you mean ttl?"),
    (with_environment("dev: {prioritty: 1}"), 5, "environments.dev.prioritty", "priority?"),
    (f"{MINIMAL}tokens: {{cache: 3}}\n", 4, "tokens.cache", "cache_seconds"),
    (
        f"{MINIMAL}network: {{vpn: 3}}\n",
        4,
        "network.vpn",
        "known here: cidr, existing, load_balancers, nat, zones",
    ),
    (with_defaults("tasks: {maximum: 3}"), 5, "defaults.tasks.maximum", "max"),
    (with_defaults("sizes: {}"), 5, "defaults.sizes", "did you mean size?"),
    (with_defaults("colour: red"), 5, "defaults.colour", "known here: alarms, "),
    (with_defaults("priority: 40001"), 5, "defaults.priority", "under environments"),
    (with_defaults("network: dedicated"), 5, "defaults.network", "under environments"),
    (with_defaults("min: 3"), 5, "defaults.min", "min is a key of defaults.tasks"),
    (f"{MINIMAL}ttl: 8h\n", 4, "ttl", "ttl is a key of defaults"),
    (
        f"{MINIMAL}network: {{vpc_id: vpc-0a1b2c3d}}\n",
        4,
        "network.vpc_id",
        "vpc_id is a key of network.existing",
    ),
]


@pytest.mark.parametrize(("text", "line", "key", "right"), UNKNOWN_KEYS)
def test_an_unknown_key_names_the_likely_one(
    problem: Ask, text: str, line: int, key: str, right: str
) -> None:
    found = problem(text)
    assert (found.file, found.line, found.key) == ("mockenv.yaml", line, key)
    assert found.wrong == "unknown key"
    assert right in found.right


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("mocks:\n  core: {path: /, spec: core.yaml}\n", 1, "project"),
        ("project: shop\n", 1, "mocks"),
        ("project: shop\nmocks:\n  core:\n    spec: core.yaml\n", 3, "mocks.core.path"),
        (with_defaults("size: {cpu: 256}"), 5, "defaults.size.memory_mib"),
    ],
)
def test_a_missing_key_is_named(problem: Ask, text: str, line: int, key: str) -> None:
    found = problem(text)
    assert (found.line, found.key, found.wrong) == (line, key, "this key is missing")
    assert found.right == f"add {key.rpartition('.')[-1]}:"


@pytest.mark.parametrize(
    "ttl", ["8", "8 h", "1w", "0h", "08h", "1.5h", "-8h", "8H", "Never", "''", "8h ago", "٨h"]
)
@pytest.mark.parametrize("key", ["ttl", "max_ttl"])
def test_a_ttl_without_the_form_is_refused(problem: Ask, key: str, ttl: str) -> None:
    found = problem(with_defaults(f"{key}: {ttl}"))
    assert (found.line, found.key) == (5, f"defaults.{key}")
    assert "can't be used" in found.wrong
    assert "never" in found.right


@pytest.mark.parametrize("ttl", ["1m", "14m", "366d", "999999d"])
def test_a_ttl_outside_the_bounds_is_refused(problem: Ask, ttl: str) -> None:
    found = problem(with_environment(f"pr-*: {{ttl: {ttl}}}"))
    assert (found.line, found.key) == (5, "environments.pr-*.ttl")
    assert found.wrong == f"'{ttl}' can't be used"
    assert found.right == "a TTL is between 15m and 365d, or never"


def test_a_ttl_above_its_maximum_is_refused_where_it_is_written(problem: Ask) -> None:
    text = f"{MINIMAL}defaults:\n  max_ttl: 1d\nenvironments:\n  dev:\n    ttl: 2d\n"
    found = problem(text)
    assert (found.line, found.key) == (8, "environments.dev.ttl")
    assert found.wrong == "ttl 2d is longer than max_ttl 1d"
    assert found.right == "raise max_ttl or shorten ttl"


REFUSED_VALUES = [
    (with_mock("engine: wiremock"), "mocks.core.engine", "'prism' or 'mockserver'"),
    (with_mock("expectations: ledger.json"), "mocks.core", "remove it"),
    (with_mock("latency: {min_ms: 5}"), "mocks.core.latency", "fixed_ms, or min_ms and max_ms"),
    (with_mock("latency: {fixed_ms: 5, max_ms: 9}"), "mocks.core.latency", "fixed_ms, or"),
    (with_mock("latency: {min_ms: 9, max_ms: 5}"), "mocks.core.latency", "become smaller"),
    (with_mock("latency: {fixed_ms: 25000}"), "mocks.core.latency.fixed_ms", "25000"),
    (with_mock("remote_refs: ['http://a.example.com/x']"), "mocks.core.remote_refs.0", "https://"),
    (with_mock("remote_refs: ['https://a.example.com']"), "mocks.core.remote_refs.0", "a file"),
    (with_mock("errors: {share: 1.5}"), "mocks.core.errors.share", "less than or equal to 1"),
    (with_mock("errors: {share: 1, status: 200}"), "mocks.core.errors.status", "400"),
    (with_mock("stateless: maybe"), "mocks.core.stateless", "true or false"),
    (with_defaults("size: tiny"), "defaults.size", "small, medium, large, xlarge"),
    (with_defaults("tasks: {min: 3, max: 2}"), "defaults.tasks", "min must not be above max"),
    (with_defaults("tasks: {max: 201}"), "defaults.tasks.max", "less than or equal to 200"),
    (with_defaults("tasks: {min: 0}"), "defaults.tasks.min", "greater than or equal to 1"),
    (with_defaults("tasks: 3"), "defaults.tasks", "with values: max, min, requests_per_second"),
    (f"{MINIMAL}domain: a.example.com", "domain", "certificate_arn, hosted_zone_id, name"),
    (with_defaults("spot: 'yes'"), "defaults.spot", "true or false"),
    (with_defaults("owner: 12"), "defaults.owner", "text, in quotes"),
    (with_defaults("owner: 'team, payments'"), "defaults.owner", "letters, digits, spaces"),
    (with_defaults("throttle: {burst: 5001}"), "defaults.throttle.burst", "5000"),
    (f"{MINIMAL}network: {{cidr: 8.8.0.0/16}}", "network.cidr", "a private IPv4 range"),
    (f"{MINIMAL}network: {{cidr: 10.0.0.0/8}}", "network.cidr", "from /16 to /24"),
    (f"{MINIMAL}network: {{cidr: 10.0.0.1/16}}", "network.cidr", "such as 10.0.0.0/16"),
    (f"{MINIMAL}network: {{nat: both}}", "network.nat", "'none', 'instance' or 'gateway'"),
    (f"{MINIMAL}tokens: {{header: cookie}}", "tokens.header", "'authorization' or 'x-mock-token'"),
    (f"{MINIMAL}tokens: {{cache_seconds: 3601}}", "tokens.cache_seconds", "3600"),
    (f"{MINIMAL}tokens: {{kinds: [{{kind: magic}}]}}", "tokens.kinds.0", "'static', 'jwt'"),
    (f"{MINIMAL}tokens: {{kinds: [{{}}]}}", "tokens.kinds.0", "add kind: jwt or kind: static"),
    ("project: shop\nmocks: {}\n", "mocks", "at least 1"),
    ("project: shop\nmocks: [core]\n", "mocks", "keys with values"),
    ("project:\nmocks:\n  core: {path: /, spec: core.yaml}\n", "project", "text"),
]


@pytest.mark.parametrize(("text", "key", "right"), REFUSED_VALUES)
def test_a_value_that_does_not_fit_says_what_would(
    problem: Ask, text: str, key: str, right: str
) -> None:
    found = problem(text)
    assert found.key == key
    assert right in found.right


@pytest.mark.parametrize(
    ("url", "is_right"),
    [
        ("https://id.example.com", True),
        ("https://id.example.com:8443/tenant", True),
        ("http://id.example.com", False),
        ("https://", False),
        ("https://me@id.example.com", False),
        ("https://id.example.com/#keys", False),
        ("https://[", False),
    ],
)
def test_an_issuer_is_an_https_address(problems: AskAll, url: str, is_right: bool) -> None:
    text = (
        f"{MINIMAL}tokens:\n  kinds:\n    - kind: jwt\n      issuer: '{url}'\n"
        "      jwks_url: http://wrong\n      audience: [a]\n"
    )
    keys = [found.key for found in problems(text)]
    assert keys == (
        ["tokens.kinds.0.jwks_url"]
        if is_right
        else ["tokens.kinds.0.issuer", "tokens.kinds.0.jwks_url"]
    )


def test_a_token_in_the_place_of_its_digest_is_refused(problem: Ask) -> None:
    text = f"{MINIMAL}tokens:\n  kinds:\n    - kind: static\n      sha256: [secret]\n"
    found = problem(text)
    assert (found.line, found.key) == (7, "tokens.kinds.0.sha256.0")
    assert found.wrong == "this value can't be used"  # and not which one: logs are read by many
    assert found.right == "a SHA-256 digest is 64 lower-case hexadecimal digits; never the token"


def test_no_digest_at_all_is_refused(problem: Ask) -> None:
    found = problem(f"{MINIMAL}tokens: {{kinds: [{{kind: static, sha256: []}}]}}\n")
    assert (found.key, found.right) == ("tokens.kinds.0.sha256", "it needs at least 1")


def test_a_stateful_mock_behind_several_tasks_is_refused(problem: Ask) -> None:
    text = (
        "project: shop\nmocks:\n  ledger:\n    path: /\n    engine: mockserver\n"
        "    expectations: ledger.json\ndefaults: {size: medium}\n"
        "environments:\n  load:\n    tasks: {max: 3}\n"
    )
    found = problem(text)
    assert (found.line, found.key) == (10, "environments.load.tasks")
    assert found.wrong.startswith("ledger keeps state in one task")
    assert "stateless: true" in found.right


def test_all_mistakes_come_at_once_and_as_data(problems: AskAll) -> None:
    found = problems("project: Shop\nmocks:\n  core: {path: x, spec: core.yaml}\ncolour: red\n")
    assert [(one.line, one.key) for one in found] == [
        (1, "project"),
        (3, "mocks.core.path"),
        (4, "colour"),
    ]
    assert SettingsError(found).as_data()[0] == {
        "file": "mockenv.yaml",
        "line": 1,
        "key": "project",
        "wrong": "'Shop' can't be used",
        "right": "a project is 1 to 16 lower-case letters and digits, a letter first",
    }


def test_the_message_reads_like_a_compiler_s(problems: AskAll) -> None:
    error = SettingsError(problems(MINIMAL.replace("shop", "Shop")))
    assert error.message == (
        "mockenv.yaml:1: project: 'Shop' can't be used\n"
        "    a project is 1 to 16 lower-case letters and digits, a letter first"
    )
    assert error.next_step == "correct mockenv.yaml, then run the command again"


def test_a_long_value_is_not_repeated_in_full(problem: Ask) -> None:
    assert len(problem(MINIMAL.replace("shop", "x" * 10_000)).wrong) < 200


ISSUER = "https://id.example.com"


def jwt(issuer: str) -> str:
    return (
        f"    - {{kind: jwt, issuer: '{issuer}', audience: [a], jwks_url: '{ISSUER}/jwks.json'}}\n"
    )


def test_an_issuer_stands_once(problem: Ask) -> None:
    found = problem(f"{MINIMAL}tokens:\n  kinds:\n{jwt(ISSUER)}{jwt(ISSUER + '/b')}{jwt(ISSUER)}")
    assert found.key == "tokens.kinds.2.issuer"
    assert found.wrong == f"{ISSUER} has a kind already"


def test_mockenv_s_own_issuer_is_not_the_user_s(problem: Ask) -> None:
    found = problem(f"{MINIMAL}tokens:\n  kinds:\n{jwt('https://local.mockenv')}")
    assert found.key == "tokens.kinds.0.issuer"
    assert "remove this kind" in found.right
