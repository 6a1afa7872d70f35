import pytest

from registration_samples import NEXT_UUID, properties, stack, stack_id
from ttl_cleanup.environment_stack import environment_stack
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registration.request import StoredFile, registration


def test_properties_become_a_registration() -> None:
    own = stack()
    wanted = registration(properties(own, Owner="somebody"), own)
    assert wanted.stack == own
    assert wanted.sources.key == "sources.zip"
    assert wanted.mock_host == StoredFile(wanted.sources.bucket, "mock_host.mjs")
    assert (wanted.ttl_seconds, wanted.max_ttl_seconds) == (28_800, 604_800)
    assert wanted.owner == "somebody"


@pytest.mark.parametrize(
    "name",
    [
        *("Environment", "ConfigBucket", "SourcesBucket", "SourcesKey", "MockHostBucket"),
        *("MockHostKey", "MockHostSha256", "Version", "Url"),
    ],
)
def test_what_is_missing_is_named(name: str) -> None:
    own = stack()
    with pytest.raises(RefusedError, match=f"property {name} is missing"):
        registration(properties(own, **{name: None}), own)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Version", "../../current"),
        ("Version", "0123456789ABCDEF"),
        ("MockHostSha256", "a" * 63),
        ("TtlSeconds", "0"),
        ("TtlSeconds", "-1"),
        ("TtlSeconds", "8h"),
        ("TtlSeconds", "1" * 11),
        ("MaxTtlSeconds", ""),
        ("Url", ""),
    ],
)
def test_what_is_malformed_is_named(name: str, value: str) -> None:
    own = stack()
    with pytest.raises(RefusedError, match=f"property {name} is malformed"):
        registration(properties(own, **{name: value}), own)


def test_values_that_are_no_text_are_refused() -> None:
    own = stack()
    given = dict(properties(own)) | {"Version": {"Ref": "Something"}}
    with pytest.raises(RefusedError, match="property Version is malformed"):
        registration(given, own)


@pytest.mark.parametrize(
    "changes",
    [
        {"Environment": "pr-124"},
        {"ConfigBucket": stack("pr-124").bucket},
        {"ConfigBucket": stack("pr-123", NEXT_UUID).bucket},
        {"ConfigBucket": "somebodys-bucket"},
    ],
)
def test_a_stack_registers_itself_and_its_own_bucket_only(changes: dict[str, str]) -> None:
    own = stack()
    with pytest.raises(RefusedError, match=f"stack {own.stack_name} may register"):
        registration(properties(own, **changes), own)


def test_a_stack_id_tells_environment_and_bucket() -> None:
    own = environment_stack(stack_id("dev-2"), "payments")
    assert own.environment == "dev-2"
    assert own.stack_name == "mockenv-payments-env-dev-2"
    assert own.bucket == "mockenv-payments-dev-2-466df9e0-0dff"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "None",
        "arn:aws:cloudformation:eu-central-1:123456789012:stack/mockenv-payments-env-pr-1",
        stack_id(project="payments2"),
        stack_id(""),
        stack_id().replace("mockenv-payments-env", "mockenv-payments"),
        stack_id().replace("mockenv", "other"),
        stack_id() + "\n",
        stack_id(uuid="not-a-uuid"),
    ],
)
def test_other_stacks_are_none_of_ours(given: str) -> None:
    with pytest.raises(RefusedError, match="only stacks named mockenv-payments-env-"):
        environment_stack(given, "payments")
