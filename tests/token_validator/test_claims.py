import pytest

from token_validator import claims as checks
from token_validator.strict_json import parse_object
from validator_tokens import ISSUER, NOW, claims

LATER = NOW + checks.LEEWAY_SECONDS
ACCEPTED = frozenset({"payments", "orders"})


def test_the_issuer_is_read() -> None:
    assert checks.read_issuer(claims()) == ISSUER


@pytest.mark.parametrize("issuer", [None, "", 7, [ISSUER], {"a": ISSUER}])
def test_an_issuer_is_needed(issuer: object) -> None:
    with pytest.raises(checks.IssuerMissing):
        checks.read_issuer(claims(iss=issuer))


@pytest.mark.parametrize(
    "times",
    [
        {"exp": NOW + 1},
        {"exp": NOW + 0.5},
        {"exp": checks.LATEST_SECONDS},
        {"exp": NOW + 1, "nbf": NOW, "iat": NOW},
        {"nbf": LATER, "iat": LATER},
        {"nbf": 0, "iat": 1.5},
    ],
)
def test_a_token_within_its_times_is_valid(times: dict[str, object]) -> None:
    checks.check_times(claims(**times), NOW)


def test_an_expiry_is_needed() -> None:
    with pytest.raises(checks.ExpiryMissing):
        checks.check_times(claims(exp=None), NOW)


@pytest.mark.parametrize("expiry", [NOW, NOW - 0.001, NOW - 60, 0])
def test_a_token_expires_to_the_second(expiry: float) -> None:
    with pytest.raises(checks.TokenExpired):
        checks.check_times(claims(exp=expiry), NOW)


def test_not_before_has_a_leeway_and_no_more() -> None:
    with pytest.raises(checks.TokenNotYetValid):
        checks.check_times(claims(nbf=LATER + 1), NOW)


def test_issued_at_has_a_leeway_and_no_more() -> None:
    with pytest.raises(checks.TokenIssuedInFuture):
        checks.check_times(claims(iat=LATER + 1), NOW)


@pytest.mark.parametrize("name", ["exp", "nbf", "iat"])
@pytest.mark.parametrize(
    "value",
    [
        *('"1900000000"', "true", "null", "[1]", "{}"),
        *("1e999", "-1e999", "-1", "-0.5", "253402300800", "1e300", "1" + "0" * 400),
    ],
)
def test_times_are_numbers_within_a_calendar(name: str, value: str) -> None:
    said = claims() | parse_object(f'{{"{name}": {value}}}'.encode())
    with pytest.raises(checks.TimeMalformed):
        checks.check_times(said, NOW)


@pytest.mark.parametrize("audience", ["payments", ["payments"], ["elsewhere", "orders"]])
def test_one_accepted_audience_is_enough(audience: object) -> None:
    checks.check_audience(claims(aud=audience), ACCEPTED)


def test_an_audience_is_needed() -> None:
    with pytest.raises(checks.AudienceMissing):
        checks.check_audience(claims(aud=None), ACCEPTED)


@pytest.mark.parametrize("audience", [7, True, {"payments": 1}, ["payments", 7], [["payments"]]])
def test_an_audience_is_a_text_or_texts(audience: object) -> None:
    with pytest.raises(checks.AudienceMalformed):
        checks.check_audience(claims(aud=audience), ACCEPTED)


@pytest.mark.parametrize("audience", ["", [], "Payments", "payments ", "payments orders", ["x"]])
def test_another_audience_is_refused(audience: object) -> None:
    with pytest.raises(checks.AudienceWrong):
        checks.check_audience(claims(aud=audience), ACCEPTED)


def test_another_claim_may_stand_in_the_place_of_the_audience() -> None:
    said = claims(aud=None, client_id="payments")
    checks.check_audience(said, ACCEPTED, "client_id")
    with pytest.raises(checks.AudienceWrong):
        checks.check_audience(said | {"client_id": "x"}, ACCEPTED, "client_id")
    with pytest.raises(checks.AudienceMissing):
        checks.check_audience(claims(), ACCEPTED, "client_id")


DEMANDED = {"repository_id": frozenset({"1", "2"}), "environment": frozenset({"int"})}


def test_demanded_claims_have_an_accepted_value() -> None:
    checks.check_demanded(claims(repository_id="2", environment="int"), DEMANDED)
    checks.check_demanded(claims(), {})


def test_a_demanded_claim_is_needed() -> None:
    with pytest.raises(checks.ClaimMissing) as refusal:
        checks.check_demanded(claims(repository_id="2"), DEMANDED)
    assert refusal.value.about == {"claim": "environment"}


@pytest.mark.parametrize("value", ["3", "", "1 ", 1, True, ["1"], {"1": 1}])
def test_a_demanded_claim_is_compared_exactly(value: object) -> None:
    with pytest.raises(checks.ClaimWrong):
        checks.check_demanded(claims(repository_id=value, environment="int"), DEMANDED)
