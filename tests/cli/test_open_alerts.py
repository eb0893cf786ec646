"""`status` shows what stands open for the installation."""

import psycopg

from functions.cli.status import open_alerts
from tests.house import Database


def test_open_alerts_are_shown_and_closed_ones_are_not(
    database: Database, db: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    db.execute(
        "insert into app.platform_alerts (kind, dedupe_key, details, resolved_at) values"
        " ('channel_closed', 'channel:slack', '{\"error_code\": \"token_revoked\"}', null),"
        " ('code_guessing', 'code_guessing:1', '{}', now())"
    )
    [line] = open_alerts(database.service_url)
    assert line.startswith("channel_closed since 20")
    assert "token_revoked" in line


def test_without_a_database_there_is_nothing_to_show() -> None:
    assert open_alerts("postgresql://service@127.0.0.1:9/nowhere") == []
