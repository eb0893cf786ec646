"""Seeding: twice is once, an edited copy keeps its own text, an untouched one follows."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from functions.cli.seed import reference, seed_demo, seed_reference

Connection = psycopg.Connection[tuple[Any, ...]]

TABLES = """
    select c.oid::regclass::text
    from pg_catalog.pg_class as c
    where c.relkind = 'r'
      and c.relnamespace::regnamespace::text in (
        'public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app')
    order by 1
"""


def everything(db: Connection) -> dict[str, list[str]]:
    """All rows of all tables, as text."""
    tables = [row[0] for row in db.execute(TABLES).fetchall()]
    return {
        table: [row[0] for row in db.execute(f"select t::text from {table} as t order by 1".encode())]
        for table in tables
    }


def changed(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The template with another English text, as a later release would bring it."""
    return [message | {"bodies": message["bodies"] | {"en": "Another text for {{guest_first_name}}."}}]


@pytest.fixture
def message() -> dict[str, Any]:
    """One of the seeded message templates."""
    return next(entry for entry in reference("templates") if entry["key"] == "request_done")


def english(db: Connection, tenant: str) -> str:
    """A tenant's English text of request_done: the newer one that waits for approval, where there is one."""
    row = db.execute(
        "select coalesce(t.pending -> 'bodies', t.bodies) ->> 'en' from notify.templates as t "
        "join public.tenants as n on n.id = t.tenant_id where t.key = 'request_done' and n.slug = %s",
        (tenant,),
    ).fetchone()
    assert row is not None
    return str(row[0])


def test_seeding_twice_leaves_the_same_bytes(db: Connection) -> None:
    before = everything(db)

    seed_reference(db)
    seed_demo(db)

    assert everything(db) == before
    assert sum(len(rows) for rows in before.values()) > 500


def test_every_kind_is_loaded_whole(seeded: Connection) -> None:
    rows = seeded.execute("select kind, count(*)::integer from app.reference_data group by kind").fetchall()
    counted: dict[str, int] = {row[0]: row[1] for row in rows}

    assert counted["request_types"] == 13
    assert counted["templates"] == len(reference("templates"))
    assert counted["permissions"] == len(reference("permissions"))


def test_an_untouched_copy_follows_a_changed_seed(db: Connection, message: dict[str, Any]) -> None:
    db.execute("select app.load_reference('templates', %s)", (Jsonb(changed(message)),))
    db.execute("select app.copy_reference(t.id) from public.tenants as t")

    assert english(db, "hamsun") == "Another text for {{guest_first_name}}."


def test_an_edited_text_stays_and_the_neighbours_follows(db: Connection, message: dict[str, Any]) -> None:
    db.execute(
        "update notify.templates as t set bodies = %s, reference_digest = null "
        "from public.tenants as n where n.id = t.tenant_id and n.slug = 'hamsun' and t.key = 'request_done'",
        (Jsonb(message["bodies"] | {"en": "Our own text."}),),
    )
    db.execute("select app.load_reference('templates', %s)", (Jsonb(changed(message)),))
    db.execute("select app.copy_reference(t.id) from public.tenants as t")

    assert english(db, "hamsun") == "Our own text."
    assert english(db, "alpine") == "Another text for {{guest_first_name}}."


def test_a_published_workflow_survives_a_reseed(db: Connection) -> None:
    concierge = next(entry for entry in reference("request_types") if entry["slug"] == "concierge")
    own = concierge | {"label": {"en": "Front desk", "es": "Mostrador"}}
    with db.transaction():
        db.execute("select app.act_as_member('manager@hamsun.example')")
        db.execute("select api.publish_workflow('concierge', %s)", (Jsonb(own),))
    newer = concierge | {"label": {"en": "Concierge desk", "es": "Conserjería"}}
    db.execute("select app.load_reference('request_types', %s)", (Jsonb([newer]),))
    db.execute("select app.copy_reference(t.id) from public.tenants as t")

    labels = db.execute(
        "select n.slug, t.label ->> 'en' from portal.request_types as t "
        "join public.tenants as n on n.id = t.tenant_id where t.slug = 'concierge' order by 1"
    ).fetchall()

    assert labels == [("alpine", "Concierge desk"), ("hamsun", "Front desk")]


def test_every_tenant_has_every_type_with_a_published_workflow(seeded: Connection) -> None:
    rows = seeded.execute(
        "select n.slug, count(*)::integer, count(t.current_version_id)::integer "
        "from portal.request_types as t join public.tenants as n on n.id = t.tenant_id group by 1 order by 1"
    ).fetchall()

    assert rows == [("alpine", 13, 13), ("hamsun", 13, 13)]
