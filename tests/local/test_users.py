"""Who may ask the local issuer for tokens."""

import pytest

from mockenv.local.users import RunUsers, User, Users
from mockenv.settings.local import Local

LOCAL = Local.model_validate_json(
    '{"users": {"alice": {"password": "wonderland", "scopes": ["read"]},'
    ' "bob": {"password": "pässword"}}}'
)


@pytest.mark.parametrize(
    ("name", "passwords", "found"),
    [
        ("alice", ("wonderland",), True),
        ("bob", ("pässword",), True),
        ("alice", ("wrong", "wonderland"), True),
        ("alice", (), False),
        ("alice", ("",), False),
        ("alice", ("Wonderland",), False),
        ("alice", ("wonderland ",), False),
        ("alice", ("pässword",), False),
        ("Alice", ("wonderland",), False),
        ("", ("wonderland",), False),
        ("alice", ("\ud800",), False),
    ],
)
def test_a_user_is_found_by_name_and_password(
    name: str, passwords: tuple[str, ...], found: bool
) -> None:
    assert (Users(LOCAL).find(name, passwords) is not None) is found


def test_a_user_brings_the_scopes_of_the_settings() -> None:
    assert Users(LOCAL).find("alice", ("wonderland",)) == User("alice", ("read",))


def test_without_users_in_the_settings_there_is_one_with_a_password_of_this_run() -> None:
    run_users, another = RunUsers(["read"]), RunUsers([])
    first = run_users.first(Local())
    assert first.name == "developer"
    assert first.password is not None
    assert len(first.password) >= 20
    assert run_users.of(Local()).find("developer", (first.password,)) == User(
        "developer", ("read",)
    )
    assert another.of(Local()).find("developer", (first.password,)) is None


def test_users_of_the_settings_take_its_place_and_keep_their_passwords_to_themselves() -> None:
    run_users = RunUsers([])
    generated = run_users.first(Local()).password or ""
    assert run_users.of(LOCAL).find("developer", (generated,)) is None
    first = run_users.first(LOCAL)
    assert (first.name, first.password) == ("alice", None)


def test_nothing_that_holds_a_password_shows_it() -> None:
    run_users = RunUsers([])
    first = run_users.first(Local())
    shown = f"{LOCAL!r} {LOCAL} {LOCAL.model_dump_json()} {LOCAL.model_dump()} {first!r}"
    shown += repr(vars(Users(LOCAL))) + repr(run_users)
    assert "wonderland" not in shown
    assert (first.password or "") not in shown
