"""row_at: a row as it was, put together from what the log says."""

from datetime import datetime
from typing import Any

import pytest

from tests.world import HOUSEKEEPER, MANAGER, OWNER, STRANGER, Refused, World

BLANK = "•••"
# Tables with a row, and every row of ours in them.
TABLES = """
select distinct a.table_name from public.audit_log as a
where a.row_key ? 'id' and a.tenant_id = (select id from public.tenants where slug = 'hamsun')
"""


def marutani(world: World) -> Any:
    return world.value("select id from public.guests where last_name = 'Marutani'")


def at(world: World, table: str, row: Any, time: datetime, by: str = OWNER) -> dict[str, Any]:
    with world.member(by):
        found: dict[str, Any] = world.value("select api.row_at(%s, %s, %s)", table, row, time)
    return found


def change(world: World, notes: str) -> datetime:
    """Another note, a millisecond after whatever was before; when that was."""
    with world.owner():
        world.conn.execute(
            "update public.guests set notes = %s, updated_at = app.now() where last_name = 'Marutani'",
            (notes,),
        )
        moment: datetime = world.value("select app.now()")
    return moment


def test_each_change_can_be_gone_back_to(undone: World) -> None:
    guest = marutani(undone)
    times = {notes: change(undone, notes) for notes in ("one", "two", "three")}
    for notes, time in times.items():
        row = at(undone, "public.guests", guest, time)
        assert (row["notes"], row["last_name"]) == (notes, "Marutani")
        assert datetime.fromisoformat(row["updated_at"]) == time


def test_of_two_changes_at_one_moment_the_later_stands(undone: World) -> None:
    guest = marutani(undone)
    with undone.owner():
        for notes in ("first", "second"):
            undone.conn.execute("update public.guests set notes = %s where id = %s", (notes, guest))
        now = undone.value("select app.now()")
    assert at(undone, "public.guests", guest, now)["notes"] == "second"


def test_every_row_of_the_house_is_what_its_log_says(undone: World) -> None:
    """The whole demo: each row that there is now, rebuilt."""
    checked = 0
    now = undone.value("select app.now() + interval '1 day'")
    for (table,) in undone.rows(TABLES):
        rows = undone.rows(
            f"select id, to_jsonb(t) from {table} as t"
            + (" where slug = 'hamsun'" if table == "public.tenants" else " where tenant_id ="
               " (select id from public.tenants where slug = 'hamsun')")
        )  # fmt: skip
        for row_id, row in rows:
            rebuilt = at(undone, table, row_id, now)
            withheld = {column for column, value in rebuilt.items() if value == BLANK}
            assert withheld <= {"code", "device_digest", "digest"}, table
            same = {key for key in row if key not in withheld | {"updated_at"} and row[key] != rebuilt[key]}
            assert same == set(), (table, row, rebuilt)
            checked += 1
    assert checked > 300


def test_before_it_was_made_and_after_it_was_deleted_there_is_none(undone: World) -> None:
    with undone.owner():
        made = undone.value("select app.now()")
        setting = undone.value(
            "insert into public.app_settings (tenant_id, key, value)"
            " select id, 'a', '1' from public.tenants where slug = 'hamsun' returning id"
        )
    with undone.owner():
        undone.conn.execute("delete from public.app_settings where id = %s", (setting,))
        deleted = undone.value("select app.now()")
    assert at(undone, "public.app_settings", setting, made)["value"] == 1
    early = undone.value("select %s - interval '1 microsecond'", made)
    for time in (early, deleted):
        with pytest.raises(Refused) as refused:
            at(undone, "public.app_settings", setting, time)
        assert (refused.value.slug, refused.value.code) == ("row_not_found", "PT404")


def test_the_strangers_row_and_a_missing_one_are_the_same(undone: World) -> None:
    said = set()
    for row in (marutani(undone), "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(Refused) as refused:
            at(undone, "public.guests", row, undone.value("select app.now()"), STRANGER)
        said.add((refused.value.slug, refused.value.sentence, refused.value.hint))
    assert len(said) == 1


def test_it_needs_the_right_to_read_the_log(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        at(undone, "public.guests", marutani(undone), undone.value("select app.now()"), HOUSEKEEPER)
    assert refused.value.slug == "permission_missing"


def test_a_member_of_some_properties_sees_no_rows_of_all(undone: World) -> None:
    undone.conn.execute("update identity.memberships set property_ids = array[gen_random_uuid()]")
    with pytest.raises(Refused) as refused:
        at(undone, "public.guests", marutani(undone), undone.value("select app.now()"), MANAGER)
    assert refused.value.slug == "permission_missing"


def test_what_tells_about_a_guest_needs_the_right_to_read_guests(undone: World) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:guests:read'")
    row = at(undone, "public.guests", marutani(undone), undone.value("select app.now()"))
    assert (row["last_name"], row["language"]) == (BLANK, "en")
