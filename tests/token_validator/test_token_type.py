import pytest

from token_validator.token_type import TypeNotAccepted, check_type


@pytest.mark.parametrize(
    "token_type", [None, "JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "application/JWT"]
)
def test_an_access_token_says_so_or_nothing(token_type: str | None) -> None:
    check_type(token_type)


@pytest.mark.parametrize(
    "token_type",
    ["", "logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", "JOSE+JSON", "application/", "at+jwt "],
)
def test_what_is_something_else_is_refused(token_type: str) -> None:
    with pytest.raises(TypeNotAccepted):
        check_type(token_type)
