"""platform-user add: who runs the platform is decided at the machine."""

import io
from typing import Any

import pytest
from typer.testing import CliRunner

from functions.cli import environment, platform_user
from functions.cli.main import app
from functions.cli.platform_user import add, asked_password
from functions.cli.refusal import Refusal
from functions.identity.passwords import HASHER
from tests.house import Database
from tests.world import OWNER

GOOD = "a kettle on the balcony"


def settings(database: Database) -> dict[str, str]:
    return {"STAYBASE_OWNER_URL": database.url}


def people(database: Database) -> list[tuple[Any, ...]]:
    with database.connect() as conn:
        return conn.execute(
            "select u.email, p.display_name, u.password_hash from identity.platform_users p"
            " join identity.users u on u.id = p.user_id"
        ).fetchall()


def test_the_command_makes_one(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "needed", lambda home: settings(database))
    run = CliRunner().invoke(
        app, ["platform-user", "add", "Ops@staybase.example", "--name", "Nadia"], input=f"{GOOD}\n"
    )
    assert (run.exit_code, "/platform/login" in run.output, GOOD in run.output) == (0, True, False)
    [(email, name, kept)] = people(database)
    assert (email, name) == ("ops@staybase.example", "Nadia")
    assert HASHER.verify(kept, GOOD)


def test_the_same_again_gives_a_new_password(database: Database) -> None:
    add(settings(database), "ops@staybase.example", "Nadia", GOOD)
    add(settings(database), "ops@staybase.example", "Nadia Rao", "three moths at the window")
    [(_, name, kept)] = people(database)
    assert name == "Nadia Rao"
    assert HASHER.verify(kept, "three moths at the window")


@pytest.mark.parametrize(
    ("email", "name", "password", "word"),
    [
        ("ops@staybase.example", "Nadia", "password1234", "easy to guess"),
        ("ops@staybase.example", "Nadia", "nadia and her kettle", "easy to guess"),
        ("ops", "Nadia", GOOD, "e-mail"),
        ("ops@staybase.example", " ", GOOD, "name"),
        (OWNER, "Nadia", GOOD, "somebody of a hotel"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    database: Database, email: str, name: str, password: str, word: str
) -> None:
    with pytest.raises(Refusal, match=word):
        add(settings(database), email, name, password)
    assert people(database) == []


def test_at_a_terminal_it_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    typed = iter([GOOD, GOOD, GOOD, "another"])
    monkeypatch.setattr(platform_user, "getpass", lambda prompt: next(typed))
    assert asked_password() == GOOD
    with pytest.raises(Refusal, match="not the same"):
        asked_password()
