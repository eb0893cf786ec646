"""The demo: the cast, a catalogue at each property, and a guest in each stay state whatever the day."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from obstore.store import LocalStore

from functions.cli.seed import hang_pictures, refresh_demo, seed_demo
from functions.shared.files import Files

Connection = psycopg.Connection[tuple[Any, ...]]

STATES = ["arrival_day", "departure_day", "in_house", "post_checkout", "pre_checkin"]

IN_A_STATE = """
    select s.state, b.guest_name, m.room_number
    from public.bookings as b
    join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
    join portal.codes as c on c.tenant_id = b.tenant_id and c.booking_id = b.id
    left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
    cross join lateral (
      select app.stay_state(
        b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone)) as state
    ) as s
    where p.code = %s
      and s.state is not null
      and app.code_is_alive(b.checkin_status, b.check_out, b.checked_out_on, app.today_in(p.time_zone))
    order by b.created_at
"""


def stays(db: Connection, property_code: str = "FSL") -> list[tuple[Any, ...]]:
    """State, guest and room of everyone whose code lives."""
    return db.execute(IN_A_STATE, (property_code,)).fetchall()


def states(db: Connection, property_code: str = "FSL") -> list[str]:
    """The stay states that someone is in."""
    return sorted({str(row[0]) for row in stays(db, property_code)})


def count(db: Connection, query: str) -> int:
    """The one number a query answers."""
    row = db.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


def move_clock(db: Connection, by: timedelta) -> None:
    """Move the development clock, which moves every connection at once."""
    db.execute("update app.clock set shift = shift + %s", (by,))


def test_a_guest_is_in_each_of_the_five_stay_states(seeded: Connection) -> None:
    assert states(seeded) == STATES


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("pre_checkin", "Okafor"),
        ("arrival_day", "Alvarez"),
        ("in_house", "Marutani"),
        ("departure_day", "Haddad"),
        ("post_checkout", "Lindqvist"),
    ],
)
def test_the_cast_stands_where_it_belongs(seeded: Connection, state: str, name: str) -> None:
    assert any(row[0] == state and name in row[1] for row in stays(seeded))


def test_marutani_lives_in_g06(seeded: Connection) -> None:
    assert [row[2] for row in stays(seeded) if "Marutani" in row[1]] == ["G06"]


@pytest.mark.parametrize("property_code", ["CLF", "EXT", "ALP"])
def test_someone_is_in_house_at_every_property(seeded: Connection, property_code: str) -> None:
    assert "in_house" in states(seeded, property_code)


@pytest.mark.parametrize("days", [1, 3, 10, 40])
def test_all_five_states_are_there_again_after_days(db: Connection, days: int) -> None:
    move_clock(db, timedelta(days=days))

    refresh_demo(db)

    assert states(db) == STATES


def test_all_five_states_are_there_when_the_house_has_filled_up(db: Connection) -> None:
    for _ in range(12):
        move_clock(db, timedelta(days=4))
        refresh_demo(db)
        assert states(db) == STATES


def test_all_five_states_are_there_at_any_hour(db: Connection) -> None:
    for _ in range(8):
        move_clock(db, timedelta(days=2, hours=3))
        refresh_demo(db)
        assert states(db) == STATES


def test_refreshing_on_the_same_day_makes_no_booking(db: Connection) -> None:
    before = count(db, "select count(*) from public.bookings")

    refresh_demo(db)

    assert count(db, "select count(*) from public.bookings") == before


def test_a_guest_who_cancelled_is_replaced(db: Connection) -> None:
    with db.transaction():
        db.execute("select app.act_as_member('reception@hamsun.example')")
        db.execute(
            "select api.cancel_booking(b.id, 'Plans changed.') from public.bookings as b "
            "where b.guest_name = 'Chidi Okafor'"
        )
    assert "pre_checkin" not in states(db)

    refresh_demo(db)

    assert states(db) == STATES


def test_a_text_that_came_anew_may_be_sent_after_a_refresh(db: Connection) -> None:
    db.execute("update notify.templates set status = 'draft' where key = 'request_done'")

    refresh_demo(db)

    assert count(db, "select count(*) from notify.templates where status <> 'approved'") == 0


def test_guests_have_written_with_a_picture_and_somebody_unknown_too(db: Connection, tmp_path: Path) -> None:
    written = "select count(*) from notify.inbound_messages"
    assert count(db, written) == 5
    assert count(db, f"{written} where request_id is not null") == 4
    assert count(db, f"{written} where booking_id is null") == 1
    assert (
        count(
            db, "select count(*) from public.notification_log where event_key in ('reply', 'unknown_number')"
        )
        == 2
    )
    hang_pictures(db, Files(LocalStore(tmp_path)))
    [picture] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_seeding_leaves_the_clock_where_it_was(db: Connection) -> None:
    move_clock(db, timedelta(days=10))

    seed_demo(db)

    assert db.execute("select shift from app.clock").fetchone() == (timedelta(days=10),)


def test_the_inbox_looks_alive(seeded: Connection) -> None:
    rows = seeded.execute("select phase, count(*)::integer from portal.requests group by phase").fetchall()
    phases: dict[str, int] = {row[0]: row[1] for row in rows}

    assert phases["open"] >= 3
    assert phases["active"] >= 5
    assert phases["waiting"] >= 1
    assert phases["closed"] >= 1


def test_marutani_has_one_order_on_the_way(seeded: Connection) -> None:
    rows = seeded.execute(
        "select r.type_slug, r.status from portal.requests as r "
        "join public.bookings as b on b.tenant_id = r.tenant_id and b.id = r.booking_id "
        "where b.guest_name like '%Marutani'"
    ).fetchall()

    assert rows == [("kitchen_fnb", "preparing")]


def test_requests_carry_the_time_at_which_they_were_asked_for(seeded: Connection) -> None:
    ages = seeded.execute(
        "select r.created_at < app.now() and r.created_at > app.now() - interval '4 hours', "
        "h.times = array(select t from unnest(h.times) as t order by t) "
        "from portal.requests as r "
        "cross join lateral (select array_agg(x.at order by x.id) as times "
        "from portal.request_status_history as x "
        "where x.tenant_id = r.tenant_id and x.request_id = r.id) as h "
        "where r.source <> 'post_checkout'"
    ).fetchall()

    assert ages
    assert set(ages) == {(True, True)}


@pytest.mark.parametrize(
    ("sku", "kind", "is_free"),
    [
        ("towel", "housekeeping", True),
        ("water", "mini_shop", True),
        ("cola", "mini_shop", False),
        ("club_sandwich", "kitchen_fnb", False),
    ],
)
def test_the_agreed_skus_are_on_sale_at_every_property(
    seeded: Connection, sku: str, kind: str, *, is_free: bool
) -> None:
    rows = seeded.execute(
        "select i.kind, i.is_complimentary, i.price = 0, i.state, i.currency = p.currency "
        "from portal.catalog_items as i "
        "join public.properties as p on p.tenant_id = i.tenant_id and p.id = i.property_id "
        "where i.sku = %s",
        (sku,),
    ).fetchall()

    assert rows == [(kind, is_free, is_free, "active", True)] * 4


@pytest.mark.shows("subflow/mini_shop_categories")
def test_the_mini_shop_has_its_seven_shelves(seeded: Connection) -> None:
    rows = seeded.execute(
        "select c.key from portal.catalog_categories as c join public.tenants as n on n.id = c.tenant_id "
        "where c.kind = 'mini_shop' and n.slug = 'hamsun' order by c.position"
    ).fetchall()

    shelves = " ".join(row[0] for row in rows)
    assert shelves == "drinks munchies otc_meds phone toiletries packing sundries"


def test_every_item_is_named_in_english_and_spanish(seeded: Connection) -> None:
    assert count(seeded, "select count(*) from portal.catalog_items where not name ?& array['en', 'es']") == 0


def test_every_team_has_a_slack_channel_at_every_property(seeded: Connection) -> None:
    rows = seeded.execute(
        "select p.code, count(t.slack_channel)::integer from public.properties as p "
        "join notify.teams as t on t.tenant_id = p.tenant_id and t.property_id = p.id group by 1 order by 1"
    ).fetchall()

    assert rows == [("ALP", 7), ("CLF", 7), ("EXT", 7), ("FSL", 7)]


def test_phones_are_from_the_range_kept_for_fiction(seeded: Connection) -> None:
    assert count(seeded, "select count(*) from public.guests where phone !~ '^\\+1202555 ?01\\d\\d$'") == 0


def test_every_member_has_a_role(seeded: Connection) -> None:
    without = count(
        seeded,
        "select count(*) from identity.memberships as m "
        "where not exists (select from identity.membership_roles as r "
        "where r.tenant_id = m.tenant_id and r.membership_id = m.id)",
    )

    assert without == 0
    assert count(seeded, "select count(*) from identity.memberships") == 8


def test_laying_the_past_leaves_no_job_behind(db: Connection) -> None:
    behind = "select job, next_at from app.job_plans where next_at < app.now() - interval '1 hour'"
    assert db.execute(behind).fetchall() == []
