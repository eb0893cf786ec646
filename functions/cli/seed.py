"""What a database is given: reference data for every tenant, and the demo, which is the tests' cast too."""

import json
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg.types.json import Jsonb

from functions.shared.files import Files

Connection = psycopg.Connection[tuple[Any, ...]]

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
REFERENCE = SEEDS / "reference"
DEMO = SEEDS / "demo"

PICTURED_AT = "https://pictures.example/"
PICTURES = "select tenant_id, id from portal.request_attachments where state = 'kept' and source_url = %s"
HOTELS = ("hamsun", "alpine")
CATALOGUES = ("kitchen_fnb", "mini_shop", "housekeeping")

# In this order: roles name permissions, request types name teams, features and permissions.
KINDS = (
    "permissions",
    "plans",
    "roles",
    "teams",
    "feature_windows",
    "request_types",
    "catalog_categories",
    "templates",
)
FOLDERS = {"request_types": "workflows", "templates": "templates"}


def seed_reference(conn: Connection) -> None:
    """Load seeds/reference, then let every tenant's untouched copies follow. Safe to repeat."""
    with conn.transaction():
        for kind in KINDS:
            conn.execute("select app.load_reference(%s, %s)", (kind, Jsonb(reference(kind))))
        conn.execute("select app.copy_reference(t.id) from public.tenants as t order by t.slug")


def reference(kind: str) -> list[dict[str, Any]]:
    """The entries of one kind: a folder with a file an entry, or a file with a list."""
    if kind in FOLDERS:
        return [
            json.loads(file.read_text("utf-8")) for file in sorted((REFERENCE / FOLDERS[kind]).glob("*.json"))
        ]
    return cast(list[dict[str, Any]], json.loads((REFERENCE / f"{kind}.json").read_text("utf-8")))


def seed_demo(conn: Connection) -> None:
    """Lay the two hotels of the cast, with people, rooms, catalogue, menus, stays and requests under way.

    What is there stays as it is. Development build only: the past is made by moving its clock.
    """
    with conn.transaction():
        for hotel in HOTELS:
            lay(conn, "hotel", DEMO / f"{hotel}.json")
            conn.execute("select app.copy_reference(app.tenant_id())")
            lay(conn, "fittings", DEMO / f"{hotel}.json")
            lay(conn, "beds24", DEMO / f"{hotel}.json")
            for catalogue in CATALOGUES:
                lay(conn, "catalog", DEMO / "catalog" / f"{catalogue}.json")
            lay(conn, "menus", DEMO / "menus.json")
        refresh_demo(conn)
        lay(conn, "requests", DEMO / "requests.json")
        lay(conn, "messages", DEMO / "messages.json")


def hang_pictures(conn: Connection, files: Files) -> None:
    """Put the pictures that came with the demo's messages where kept files lie. Safe to repeat."""
    named = [
        name
        for entry in json.loads((DEMO / "messages.json").read_text("utf-8"))
        if (name := entry.get("picture"))
    ]
    for name in named:
        for tenant_id, attachment_id in conn.execute(PICTURES, (PICTURED_AT + name,)):
            files.put(tenant_id, attachment_id, (DEMO / "media" / name).read_bytes())


def refresh_demo(conn: Connection) -> None:
    """Make a fresh booking for each stay state that no demo guest is in any more.

    Message texts that came anew with the reference are approved, as the sandbox does. Nothing else changes.
    """
    with conn.transaction():
        lay(conn, "approvals", DEMO / "stays.json")
        lay(conn, "steps", DEMO / "stays.json")
        lay(conn, "stays", DEMO / "stays.json")


def lay(conn: Connection, statements: str, data: Path) -> None:
    """Run one of the demo's SQL files over a file of data."""
    conn.execute("select set_config('seed.data', %s, true)", (data.read_text("utf-8"),))
    conn.execute((DEMO / "lay" / f"{statements}.sql").read_bytes())
