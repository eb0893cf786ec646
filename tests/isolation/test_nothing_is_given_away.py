"""What is said aside: refusals of pages and functions, and what a notification carries."""

import re
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from tests.functions.routes import every_route
from tests.house import Database
from tests.isolation.catalog import Connection
from tests.isolation.doors import Doors, open_doors
from tests.isolation.furnish import as_owner

# Tables whose ids stand in addresses.
KINDS = ("portal.requests", "public.bookings", "public.guests", "public.notification_log", "kiosk.kiosks")
CHANNELS = ("staybase_events", "staybase_outbox")


@pytest.fixture(scope="module")
def doors(furnished: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """Both doors."""
    with open_doors(furnished, tmp_path_factory.mktemp("doors")) as doors:
        yield doors


def addresses() -> list[str]:
    """Every address with one id in it, page or function, that is only read."""
    found = []
    for route in every_route():
        gaps = re.findall(r"\{(\w+)(?::\w+)?\}", route.path)
        if route.method == "GET" and len(gaps) == 1 and gaps[0].endswith("id"):
            found.append(route.path)
    return found


def test_a_foreign_address_and_a_missing_one_are_the_same(doors: Doors, conn: Connection) -> None:
    asked = 0
    for role in ("guest", "staff", "admin"):
        token = doors.token(role)
        for path in addresses():
            for table in KINDS:
                theirs = conn.execute(
                    f"select x.id from {table} as x join public.tenants as t on t.id = x.tenant_id"
                    " where t.slug = 'alpine' limit 1".encode()
                ).fetchone()
                assert theirs is not None
                said = set()
                for given in (str(theirs[0]), str(uuid4())):
                    answer = doors.ask("GET", re.sub(r"\{[^}]*\}", given, path), token)
                    assert answer.status_code < 500
                    said.add((answer.status_code, told(answer.text, given)))
                asked += 1
                assert len(said) == 1, (path, table, said)
    assert asked >= 15


def told(text: str, given: str) -> str:
    """The answer without what was asked for, and without what differs each time."""
    return re.sub(r"[0-9a-f]{32}|nonce-[\w+/=-]+|nonce=\"[^\"]*\"", "•", text.replace(given, "•"))


def test_a_notification_says_nothing_but_look(furnished: Database, conn: Connection) -> None:
    with furnished.connect() as listener:
        for channel in CHANNELS:
            listener.execute(f"listen {channel}".encode())
        conn.execute(
            "insert into notify.workers (id, kind, is_asleep, seen_at)"
            " select gen_random_uuid(), k, true, now() from unnest('{events,outbox}'::text[]) as k"
            " on conflict do nothing"
        )
        request = conn.execute(
            "select r.id from portal.requests as r join public.tenants as t on t.id = r.tenant_id"
            " where t.slug = 'hamsun' and r.status = 'new' limit 1"
        ).fetchone()
        assert request is not None
        as_owner(conn, "hamsun", "select api.add_request_comment(%s, 'A secret', false)", request[0])
        heard = list(listener.notifies(timeout=5, stop_after=1))
    assert heard
    assert {note.payload for note in heard} <= {""}


def test_a_member_hears_of_the_own_hotel_alone(doors: Doors, conn: Connection) -> None:
    known = {
        str(row[0])
        for row in conn.execute(
            "select e.entity_id from public.event_log as e join public.tenants as t on t.id = e.tenant_id"
            " where t.slug = 'alpine' and e.entity_id is not null"
        ).fetchall()
    }
    for role in ("guest", "staff", "admin"):
        answer = doors.call("events_since", doors.token(role), p_cursor="0-0", p_limit=1000)
        assert answer.status_code == 200
        assert answer.json()["events"]
        assert not known & set(re.findall(r"[0-9a-f-]{36}", answer.text))


def test_no_command_listens_or_notifies_by_itself(conn: Connection) -> None:
    with conn.transaction(force_rollback=True):
        conn.execute("set local role staff")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select app.wake('events')")
