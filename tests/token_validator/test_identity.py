import pytest

from token_validator.identity import ScopesMalformed, SubjectMalformed, read_identity
from validator_tokens import claims


@pytest.mark.parametrize(
    ("said", "scopes"),
    [
        ({}, ""),
        ({"scope": ""}, ""),
        ({"scope": "read"}, "read"),
        ({"scope": " read  write "}, "read write"),
        ({"scope": ["read", "write"]}, "read write"),
        ({"scp": ["read", "write"]}, "read write"),
        ({"scp": "read write"}, "read write"),
        ({"scope": "read", "scp": ["write"]}, "read"),
    ],
)
def test_scopes_come_separated_by_single_spaces(said: dict[str, object], scopes: str) -> None:
    assert read_identity(claims(**said)) == ("alice", scopes)


def test_a_token_may_have_no_subject() -> None:
    assert read_identity(claims(sub=None)).subject == ""


@pytest.mark.parametrize("subject", [7, ["alice"], "a\nb", "a\x00", "a\u2028b"])
def test_a_subject_is_a_printable_text(subject: object) -> None:
    with pytest.raises(SubjectMalformed):
        read_identity(claims(sub=subject))


@pytest.mark.parametrize("scopes", [7, {"read": 1}, ["read write"], ["read", 7], "a\nb", "a\tb"])
def test_scopes_are_words(scopes: object) -> None:
    with pytest.raises(ScopesMalformed):
        read_identity(claims(scope=scopes))


def test_scopes_may_stand_in_several_claims_and_come_with_the_kind() -> None:
    said = claims(scope="read write", permissions=["write", "refund"], scp=["ignored"])
    read = read_identity(said, ("scope", "permissions"), ("ci",))
    assert read.scopes == "ci read write refund"
    assert read_identity(claims(), ("scope", "permissions")).scopes == ""
