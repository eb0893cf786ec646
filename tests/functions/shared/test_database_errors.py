"""What PostgreSQL refuses, as HTTP: asked of a real server, since only it makes real errors."""

from typing import Any

import psycopg
import pytest

from functions.shared.database_errors import problem_from

Connection = psycopg.Connection[tuple[Any, ...]]


def refusal(db: Connection, statement: str, *, is_signed_in: bool = True) -> tuple[int, str | None]:
    with pytest.raises(psycopg.Error) as raised:
        db.execute(statement)
    problem = problem_from(raised.value, is_signed_in=is_signed_in)
    body = problem.body()
    assert set(body) == {"code", "message", "details", "hint"}
    assert str(body["message"]).endswith(".")
    return problem.status, problem.slug


def raised(state: str) -> str:
    return (
        "do $$ begin raise exception 'A sentence.'"
        f" using errcode = '{state}', detail = 'slug', hint = 'Do.'; end $$"
    )


@pytest.mark.parametrize(
    ("state", "status"),
    [("PT404", 404), ("PT409", 409), ("PT422", 422), ("PT429", 429), ("PT403", 403), ("P0001", 400)],
)
def test_a_rule_s_own_words_are_passed_on(db: Connection, state: str, status: int) -> None:
    assert refusal(db, raised(state)) == (status, "slug")


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("40001", 409),
        ("40P01", 409),
        ("55P03", 409),
        ("23505", 409),
        ("23503", 409),
        ("23P01", 409),
        ("23514", 400),
        ("22P02", 400),
        ("54001", 413),
        ("25006", 405),
        ("57014", 503),
        ("53300", 503),
        ("P0002", 500),
        ("XX000", 500),
        ("PT999", 500),
    ],
)
def test_states_have_their_status(db: Connection, state: str, status: int) -> None:
    assert refusal(db, raised(state))[0] == status


def test_a_missing_right_depends_on_whether_anyone_is_signed_in(db: Connection) -> None:
    assert refusal(db, raised("42501")) == (403, "permission_missing")
    assert refusal(db, raised("42501"), is_signed_in=False) == (401, "token_missing")


def test_a_constraint_s_name_is_its_slug_and_its_values_stay_inside(db: Connection) -> None:
    with pytest.raises(psycopg.Error) as raised:
        db.execute(
            "insert into identity.users (email) values ('someone@example.org'), ('Someone@example.org')"
        )
    problem = problem_from(raised.value, is_signed_in=True)
    assert (problem.status, problem.slug) == (409, "login_email_is_unique")
    assert "example.org" not in str(problem.body())


def test_a_defect_tells_nothing_but_an_id(db: Connection) -> None:
    with pytest.raises(psycopg.Error) as raised:
        db.execute("select secret_column from nowhere")
    problem = problem_from(raised.value, is_signed_in=True)
    assert problem.status == 500
    assert "secret_column" not in str(problem.body())


def test_waiting_is_asked_for_where_it_helps(db: Connection) -> None:
    for state in ("55P03", "40001", "53300", "PT429"):
        with pytest.raises(psycopg.Error) as error:
            db.execute(raised(state))
        assert problem_from(error.value, is_signed_in=True).headers["Retry-After"] == "1"


def test_an_unreachable_database_is_503() -> None:
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect("host=127.0.0.1 port=1 user=nobody dbname=none connect_timeout=2")
    assert problem_from(refused.value, is_signed_in=True).status == 503


def test_a_value_that_cannot_be_sent_is_400(db: Connection) -> None:
    with pytest.raises(psycopg.Error) as refused:
        db.execute("select %s::text", ("\x00",))
    assert problem_from(refused.value, is_signed_in=True).status == 400
