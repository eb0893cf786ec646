"""now, today, today_in: the only clock in rules."""

from datetime import timedelta

import psycopg
import pytest

from functions.cli.home import ROOT
from tests.house import Database
from tests.world import World

PRODUCTION = ROOT / "sql/00_core/now.sql"


def test_the_development_clock_moves_every_connection_at_once(database: Database) -> None:
    with database.connect() as one, database.connect() as other:
        before = World(other).value("select app.now()")
        one.execute("update app.clock set shift = interval '3 days'")
        assert World(other).value("select app.now()") - before > timedelta(days=2, hours=23)


def test_a_reader_of_views_has_the_clock_but_not_its_table(undone: World) -> None:
    assert undone.value("select has_function_privilege('guest', 'app.now()', 'execute')")
    assert not undone.value("select has_table_privilege('guest', 'app.clock', 'select')")


def test_there_is_one_clock(undone: World) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        undone.conn.execute("insert into app.clock default values")


@pytest.mark.parametrize(
    ("instant", "zone", "date"),
    [
        ("2026-05-01 18:59:59+00", "Asia/Karachi", "2026-05-01"),
        ("2026-05-01 19:00:00+00", "Asia/Karachi", "2026-05-02"),
        ("2026-05-01 10:59:59+00", "Pacific/Pago_Pago", "2026-04-30"),
        ("2026-05-01 10:00:00+00", "Pacific/Kiritimati", "2026-05-02"),
        ("2026-03-29 00:59:59+00", "Europe/Madrid", "2026-03-29"),
        ("2026-10-24 22:00:00+00", "Europe/Madrid", "2026-10-25"),
    ],
)
def test_today_is_a_date_somewhere(undone: World, instant: str, zone: str, date: str) -> None:
    undone.conn.execute("update app.clock set shift = %s::timestamptz - now()", (instant,))
    assert str(undone.value("select app.today_in(%s)", zone)) == date


def test_today_is_the_propertys_own(undone: World) -> None:
    undone.conn.execute("update app.clock set shift = '2026-05-01 20:00+00'::timestamptz - now()")
    tenant = undone.value("select id from public.tenants where slug = 'hamsun'")
    undone.conn.execute("select app.set_caller(%s)", (tenant,))
    days = dict(undone.rows("select code, app.today(id)::text from public.properties"))
    assert (days["FSL"], days["EXT"]) == ("2026-05-02", "2026-05-01")
    assert days["ALP"] is None


def test_production_has_the_plain_clock(undone: World) -> None:
    undone.conn.execute(PRODUCTION.read_bytes())
    body = undone.value("select pg_get_function_sqlbody('app.now()'::regprocedure)")
    assert " ".join(body.split()) == "BEGIN ATOMIC SELECT now() AS now; END"
    assert undone.value("select prosecdef from pg_proc where oid = 'app.now()'::regprocedure") is False
    undone.conn.execute("update app.clock set shift = interval '3 days'")
    assert undone.value("select app.now() = now()") is True


def test_the_control_finds_a_clock_that_could_be_moved(undone: World) -> None:
    body = undone.value("select pg_get_function_sqlbody('app.now()'::regprocedure)")
    assert "app.clock" in body
