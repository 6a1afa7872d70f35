"""The sample that `make up` serves: its settings, and that its documents keep their own word."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from mockenv.settings.model import Deployment
from mockenv.settings.resolve import load_settings, resolve_environment
from mockenv.settings.schema import settings_schema
from openapi_examples import Example, find_examples, schema_violations

ROOT = Path(__file__).parent.parent
SETTINGS = ROOT / "mockenv.yaml"
NAMES = ["auth", "core", "psp"]
METHODS = ["get", "post", "put", "patch", "delete"]
TEST_CARDS = {"4242424242424242", "4000000000000002", "4111111111111111"}


def document(name: str) -> Any:
    return yaml.safe_load((ROOT / "mocks" / f"{name}.yaml").read_text(encoding="utf-8"))


def operations(name: str) -> dict[str, dict[str, Any]]:
    """Every operation by its id, with the parameters of its path among its own."""
    found = {}
    for item in document(name)["paths"].values():
        for method in METHODS:
            if method in item:
                shared = item.get("parameters", [])
                own = item[method].get("parameters", [])
                found[item[method]["operationId"]] = item[method] | {
                    "method": method,
                    "parameters": [*shared, *own],
                }
    return found


def test_the_mocks_stand_where_the_documentation_says() -> None:
    settings = resolve_environment(SETTINGS, "pr-123")
    assert settings.project == "payments"
    assert {mock.name: mock.path for mock in settings.mocks} == {
        "core": "/",
        "auth": "/auth",
        "psp": "/psp",
    }


@pytest.mark.parametrize(
    ("name", "priority", "size", "hours", "tasks", "spot"),
    [
        ("pr-123", 123, (256, 512), 8, (1, 1), False),
        ("int", 40_001, (512, 1024), 72, (1, 1), False),
        ("load", 40_002, (1024, 2048), 4, (10, 200), True),
    ],
)
def test_the_environments_are_as_documented(
    name: str, priority: int, size: tuple[int, int], hours: int, tasks: tuple[int, int], spot: bool
) -> None:
    settings = resolve_environment(SETTINGS, name)
    assert (settings.priority, settings.size, settings.spot) == (priority, size, spot)
    assert settings.ttl_seconds == hours * 3_600
    assert (settings.tasks.min, settings.tasks.max) == tasks


def test_what_is_commented_out_in_the_sample_loads_too(tmp_path: Path) -> None:
    """Whoever removes the leading `# ` of an example gets settings that are right."""
    is_example = re.compile(r"^( *)# ( *[a-z0-9_]+: ?[^ ].*)$", re.MULTILINE)
    text = is_example.sub(r"\1\2", SETTINGS.read_text(encoding="utf-8"))
    (tmp_path / "mockenv.yaml").write_text(text.replace("yaml-language", "# yaml-language"))
    (tmp_path / "mocks").symlink_to(ROOT / "mocks")
    whole = load_settings(tmp_path / "mockenv.yaml").settings
    assert whole.domain is not None
    assert (whole.log_retention_days, whole.network.load_balancers) == (30, (1, 480))
    assert whole.environments["stage"].deployment is Deployment.BLUE_GREEN
    assert whole.environments["load"].on_demand_base == 2


def test_editors_check_the_sample_by_the_exported_schema() -> None:
    text = SETTINGS.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=mockenv.schema.json\n")
    validator = OAS31Validator(json.loads(settings_schema()))
    assert [error.message for error in validator.iter_errors(yaml.safe_load(text))] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_document_is_openapi_3_1(name: str) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(document(name)).iter_errors()] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_example_fits_its_schema(name: str) -> None:
    whole = document(name)
    examples = list(find_examples(whole))
    assert len(examples) > 20
    violations = {one.place: schema_violations(whole, one) for one in examples}
    assert {place: found for place, found in violations.items() if found} == {}


def test_a_wrong_example_would_be_found() -> None:
    whole = document("core")
    listed = next(one for one in find_examples(whole) if one.place.endswith("/first-page"))
    broken = json.loads(json.dumps(listed.value))
    broken["items"][0]["amount"] = "45.50"
    broken["items"][1]["created_at"] = "yesterday"
    found = schema_violations(whole, Example(listed.place, listed.schema_pointer, broken))
    assert len(found) == 2


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_with_a_body_has_a_named_example(name: str) -> None:
    whole = document(name)
    answers = [
        answer
        for operation in operations(name).values()
        for answer in operation["responses"].values()
    ]
    answers += whole["components"]["responses"].values()
    contents = [content for answer in answers for content in answer.get("content", {}).values()]
    assert contents
    assert all(content["examples"] for content in contents)


@pytest.mark.parametrize("name", NAMES)
def test_operations_are_named_and_have_their_errors(name: str) -> None:
    found = operations(name)
    assert 6 <= len(found) <= 12
    for operation in found.values():
        assert operation["tags"]
        assert operation["summary"]
        if operation["parameters"] or "requestBody" in operation:
            assert "422" in operation["responses"]


@pytest.mark.parametrize("name", NAMES)
def test_no_read_asks_for_a_credential_of_the_api_s_own(name: str) -> None:
    """A mock never sees the caller's token to us, so a GET that wants one would answer 401."""
    assert "security" not in document(name)
    reads = [one for one in operations(name).values() if one["method"] == "get"]
    assert reads
    assert not any("security" in operation for operation in reads)


def test_one_operation_shows_an_api_key() -> None:
    secured = [key for name in NAMES for key, one in operations(name).items() if "security" in one]
    assert secured == ["createMerchant"]


@pytest.mark.parametrize("name", ["core", "psp"])
def test_what_creates_payments_wants_an_idempotency_key(name: str) -> None:
    wanting = {
        operation_id
        for operation_id, operation in operations(name).items()
        if {"$ref": "#/components/parameters/IdempotencyKey"} in operation["parameters"]
    }
    assert (
        wanting
        == {
            "core": {"createTransaction", "cancelTransaction", "createRefund"},
            "psp": {"createAuthorization", "createCapture"},
        }[name]
    )


@pytest.mark.parametrize("name", NAMES)
def test_card_numbers_are_the_networks_test_numbers(name: str) -> None:
    text = (ROOT / "mocks" / f"{name}.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"\b\d{12,19}\b", text)) <= TEST_CARDS
    assert name == "auth" or set(re.findall(r"number: '(\d+)'", text)) & TEST_CARDS
