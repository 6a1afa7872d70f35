import pytest

from token_validator.key_choice import FixedKeys, KeyAmbiguous, KeyUnknown, choose_key
from token_validator.keys import VerificationKey, load_key
from validator_tokens import NOW, p256_jwk, p256_key, rsa_jwk, rsa_key


def ec_key(key_id: str | None, number: int = 0) -> VerificationKey:
    members = {} if key_id is None else {"kid": key_id}
    return load_key(p256_jwk(p256_key(number), **members))


RSA_KEY = load_key(rsa_jwk(rsa_key(), kid="a"))


def test_the_key_id_names_the_key() -> None:
    keys = [ec_key("a"), ec_key("b", 1)]
    assert choose_key(keys, "b", "ES256") is keys[1]


def test_a_key_of_another_type_never_fits() -> None:
    assert choose_key([RSA_KEY, own := ec_key("a")], "a", "ES256") is own
    with pytest.raises(KeyUnknown):
        choose_key([RSA_KEY], "a", "ES256")


def test_without_a_key_id_the_only_fitting_key_is_taken() -> None:
    assert choose_key([RSA_KEY, own := ec_key("b")], None, "ES256") is own


def test_without_a_key_id_two_fitting_keys_are_ambiguous() -> None:
    with pytest.raises(KeyAmbiguous):
        choose_key([ec_key("a"), ec_key(None, 1)], None, "ES256")


def test_two_keys_of_one_name_are_ambiguous() -> None:
    with pytest.raises(KeyAmbiguous):
        choose_key([ec_key("a"), ec_key("a", 1)], "a", "ES256")


@pytest.mark.parametrize("key_id", ["", "A", "a ", "../a", "b"])
def test_a_key_id_is_compared_exactly(key_id: str) -> None:
    with pytest.raises(KeyUnknown):
        choose_key([ec_key("a")], key_id, "ES256")


def test_a_key_without_a_name_is_not_what_a_named_token_asks_for() -> None:
    with pytest.raises(KeyUnknown):
        FixedKeys([ec_key(None)]).find_key("a", "ES256", NOW)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES512", "EdDSA", "", "es256"])
def test_no_key_fits_another_algorithm(algorithm: str) -> None:
    with pytest.raises(KeyUnknown):
        FixedKeys([RSA_KEY, ec_key("a")]).find_key(None, algorithm, NOW)
