"""send_menu_form, send_menu_reminder, daily_menu_summary: each menu at its own times, each guest once."""

from datetime import timedelta

import pytest

from tests.clockwork import tick
from tests.kitchen import breakfast, change, eggs, menu, ordered, second_breakfast, set_hour, today
from tests.world import MANAGER, World


@pytest.fixture(autouse=True)
def quiet(world: World) -> None:
    set_hour(world, "12:00")
    world.conn.execute(
        "delete from app.job_runs; update app.job_plans set is_on = false where job not like '%menu%'"
    )
    world.conn.execute("update service_menus.menus set state = 'draft' where id <> %s", (menu(world),))


def sent(world: World, event: str) -> list[str]:
    return [
        row[0]
        for row in world.rows(
            "select b.guest_name from public.notification_log as l"
            " join public.bookings as b on b.id = l.booking_id where l.event_key = %s order by 1",
            event,
        )
    ]


@pytest.mark.shows("cron/send-menu-form")
def test_the_form_goes_in_the_evening_to_who_may_order(world: World) -> None:
    world.conn.execute("update public.guests set language = 'ur' where last_name = 'Marutani'")
    set_hour(world, "17:59")
    tick(world)
    assert sent(world, "menu_form") == []
    set_hour(world, "18:00:30")
    tick(world)
    tick(world)
    asked = sent(world, "menu_form")
    assert {"Kenji Marutani", "Lucía Alvarez"} < set(asked)
    assert len(asked) == len(set(asked))
    # too early, too late, and gone
    assert not {"Chidi Okafor", "Omar Haddad", "Astrid Lindqvist"} & set(asked)
    said = world.value(
        "select variables from public.notification_log where event_key = 'menu_form' and language = 'es'"
    )
    assert said["menu_name"] == "Desayuno"
    assert said["closes_at"].endswith("08:50")
    said = world.value(
        "select variables from public.notification_log where event_key = 'menu_form' and language = 'ur'"
    )
    day = world.value("select app.date_text(%s, 'ur')", today(world) + timedelta(days=1))
    assert (said["served_on"], said["closes_at"]) == (day, f"{day}, 08:50")


def test_who_has_ordered_is_not_asked(world: World) -> None:
    ordered(world)
    set_hour(world, "18:00:30")
    tick(world)
    asked = sent(world, "menu_form")
    assert ("Kenji Marutani" in asked, "Lucía Alvarez" in asked) == (False, True)


def test_who_has_ordered_from_one_breakfast_is_not_asked_for_the_other(world: World) -> None:
    second_breakfast(world)
    ordered(world)
    set_hour(world, "18:00:30")
    tick(world)
    assert "Kenji Marutani" not in sent(world, "menu_form")


def test_a_day_on_which_it_is_not_served_asks_nobody(world: World) -> None:
    world.conn.execute("update service_menus.menus set weekdays = array[%s]", (today(world).isoweekday(),))
    set_hour(world, "18:00:30")
    tick(world)
    assert sent(world, "menu_form") == []


@pytest.mark.shows("cron/send-menu-reminder")
def test_in_the_morning_only_who_has_not_ordered_is_reminded(world: World) -> None:
    ordered(world)
    set_hour(world, "06:00:30", 1)
    tick(world)
    assert "Kenji Marutani" not in sent(world, "menu_reminder")
    with world.guest("Marutani"):
        world.act(world.value("select id from api.portal_requests where type_slug = 'menu_order'"), "cancel")
    world.conn.execute("delete from app.job_runs")
    world.conn.execute("update app.job_plans set next_at = app.now() where job = 'send_menu_reminder'")
    tick(world)
    assert "Kenji Marutani" in sent(world, "menu_reminder")


def test_a_menu_says_when_and_whether(world: World) -> None:
    with world.member(MANAGER):
        world.conn.execute(
            "update api.menus set form_at = '12:30', reminder_at = null where slug = 'breakfast'"
        )
    plans = world.rows(
        "select j.job, j.at_time::text, j.is_on from app.job_plans as j join service_menus.menus as m"
        " on m.property_id = j.property_id and m.slug = j.variant where m.id = %s order by 1",
        menu(world),
    )
    assert [(job, is_on) for job, _, is_on in plans] == [
        ("daily_menu_summary", True),
        ("send_menu_form", True),
        ("send_menu_reminder", False),
    ]
    assert plans[1][1] == "12:30:00"
    set_hour(world, "12:30:30")
    tick(world)
    assert sent(world, "menu_form") != []


def test_a_menu_that_is_no_more_asks_nobody(world: World) -> None:
    world.conn.execute("update service_menus.menus set state = 'retired'")
    set_hour(world, "18:00:30")
    tick(world)
    assert sent(world, "menu_form") == []


@pytest.mark.shows("cron/daily-menu-summary")
def test_the_kitchen_hears_the_day_time_by_time(world: World) -> None:
    first = ordered(world)
    wanted = breakfast(world, items=[eggs(world, quantity=2)], people=2, note="No salt")
    with world.guest("Marutani"):
        change(world, first, wanted)
    ordered(world, "Alvarez", at="09:00")
    set_hour(world, "06:30:30", 1)
    tick(world)
    tick(world)
    told = world.rows(
        "select recipient, variables from public.notification_log where event_key = 'menu_summary'"
    )
    assert [row[0] for row in told] == ["#kitchen-fsl"]
    assert told[0][1]["slots"] == [
        {
            "at": "08:00",
            "people": 2,
            "rooms": "G06 ✎",
            "lines": [
                {"name": "Eggs your way (scrambled)", "quantity": 2},
                {"name": "Coffee", "quantity": 1},
            ],
        },
        {
            "at": "09:00",
            "people": 1,
            "rooms": "204",
            "lines": [
                {"name": "Eggs your way (scrambled)", "quantity": 1},
                {"name": "Coffee", "quantity": 1},
            ],
        },
    ]


def test_a_day_without_orders_says_nothing(world: World) -> None:
    set_hour(world, "06:30:30", 1)
    tick(world)
    assert world.value("select count(*) from public.notification_log where event_key = 'menu_summary'") == 0
    assert breakfast(world)["people"] == 1
