from typing import Any

from synthesized import KMS_KEY, Synthesized

PROPERTIES = "Custom::MockenvRegistration"


def provider_function(synthesized: Synthesized) -> dict[str, Any]:
    functions = synthesized.all_of("ttl-cleanup", "AWS::Lambda::Function")
    (named,) = (f["Properties"] for f in functions if "FunctionName" in f["Properties"])
    return dict(named)


def test_the_provider_is_found_by_its_fixed_name(synthesized: Synthesized) -> None:
    function = provider_function(synthesized)
    token = synthesized.properties("pr-123", PROPERTIES)["ServiceToken"]
    assert function["FunctionName"] == "mockenv-payments-registration"
    assert token["Fn::Join"][1][-1] == f":function:{function['FunctionName']}"


def test_cloudformation_waits_longer_than_the_provider_can_take(
    synthesized: Synthesized,
) -> None:
    function = provider_function(synthesized)
    waits_seconds = int(synthesized.properties("pr-123", PROPERTIES)["ServiceTimeout"])
    assert function["Timeout"] < waits_seconds < 3_600


def test_a_lasting_environment_registers_no_end(synthesized: Synthesized) -> None:
    lasting = synthesized.properties("int", PROPERTIES)
    assert lasting["Owner"] == "somebody@example.com"
    assert not {"TtlSeconds", "MaxTtlSeconds"} & set(lasting)
    ephemeral = synthesized.properties("pr-123", PROPERTIES)
    assert (ephemeral["TtlSeconds"], ephemeral["MaxTtlSeconds"]) == ("28800", "604800")
    assert "Owner" not in ephemeral


def test_the_registration_names_its_own_bucket_and_files(synthesized: Synthesized) -> None:
    registration = synthesized.properties("pr-123", PROPERTIES)
    bucket = {"Ref": synthesized.logical_id("pr-123", "AWS::S3::Bucket")}
    assert registration["ConfigBucket"] == bucket
    assert registration["MockHostKey"].endswith(".mjs")
    assert registration["SourcesKey"].endswith(".zip")
    assert registration["MockHostBucket"] == registration["SourcesBucket"]


def test_registry_records_survive_mistakes_but_not_their_stack(synthesized: Synthesized) -> None:
    table = synthesized.only("ttl-cleanup", "AWS::DynamoDB::Table")
    properties = table["Properties"]
    assert properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert properties["KeySchema"] == [{"AttributeName": "environment", "KeyType": "HASH"}]
    assert table["DeletionPolicy"] == "Delete"


def test_alarms_of_this_account_may_publish_and_only_over_tls(synthesized: Synthesized) -> None:
    topic = synthesized.properties("ttl-cleanup", "AWS::SNS::TopicPolicy")
    deny, allow = topic["PolicyDocument"]["Statement"]
    assert (deny["Effect"], deny["Condition"]) == (
        "Deny",
        {"Bool": {"aws:SecureTransport": "false"}},
    )
    assert allow["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allow["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_another_key_has_the_files_written_anew(synthesized: Synthesized) -> None:
    """CloudFormation calls the provider only if one of these properties changes."""
    assert synthesized.properties("pr-512", PROPERTIES)["KmsKey"] == KMS_KEY
    assert "KmsKey" not in synthesized.properties("pr-123", PROPERTIES)
