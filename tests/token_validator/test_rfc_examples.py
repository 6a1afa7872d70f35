"""The signed examples of RFC 7515, appendix A.2 (RS256) and A.3 (ES256)."""

import pytest

from token_validator.jws import parse_payload, parse_token
from token_validator.keys import SignatureWrong, VerificationKey, load_key

PAYLOAD = (
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
)
RS256_TOKEN = (
    f"eyJhbGciOiJSUzI1NiJ9.{PAYLOAD}."
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
    "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
    "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
    "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
    "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
    "p0igcN_IoypGlUPQGe77Rw"
)
RS256_KEY = load_key(
    {
        "kty": "RSA",
        "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp"
        "-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW"
        "vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
        "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k"
        "G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2"
        "PAcDTW9gb54h4FRWyuXpoQ",
        "e": "AQAB",
    }
)
ES256_TOKEN = (
    f"eyJhbGciOiJFUzI1NiJ9.{PAYLOAD}."
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
    "pmWQxfKTUJqPP3-Kg6NU1Q"
)
ES256_KEY = load_key(
    {
        "kty": "EC",
        "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    }
)
EXAMPLES = [("RS256", RS256_TOKEN, RS256_KEY), ("ES256", ES256_TOKEN, ES256_KEY)]


@pytest.mark.parametrize(("algorithm", "token", "key"), EXAMPLES)
def test_the_example_is_read_and_verified(algorithm: str, token: str, key: VerificationKey) -> None:
    parsed = parse_token(token)
    assert parsed.algorithm == key.algorithm == algorithm
    key.verify(parsed.signing_input, parsed.signature)
    assert parse_payload(parsed.payload) == {
        "iss": "joe",
        "exp": 1300819380,
        "http://example.com/is_root": True,
    }


@pytest.mark.parametrize(("algorithm", "token", "key"), EXAMPLES)
def test_the_example_with_another_payload_is_not(
    algorithm: str, token: str, key: VerificationKey
) -> None:
    parsed = parse_token(token.replace("eyJpc3MiOiJqb2Ui", "eyJpc3MiOiJqb2Uj"))
    assert parsed.algorithm == algorithm
    with pytest.raises(SignatureWrong):
        key.verify(parsed.signing_input, parsed.signature)
