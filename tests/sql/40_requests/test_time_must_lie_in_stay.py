"""time_must_lie_in_stay: a call is for a day of the stay, and what is called about names its time."""

import pytest

from tests.world import Refused, World


def morning(world: World, days_after_check_out: int) -> str:
    """Six o'clock, counted from the day on which Marutani leaves."""
    found = world.value(
        "select (b.check_out + %s)::text || 'T06:00' from public.bookings as b"
        " where b.guest_name = 'Kenji Marutani'",
        days_after_check_out,
    )
    return str(found)


def test_nobody_is_called_after_they_have_left(world: World) -> None:
    late = {"type_slug": "wake_up_call", "scheduled_for": morning(world, 1)}
    with pytest.raises(Refused) as refused, world.guest("Marutani", "context"):
        world.submit(late, "k")
    assert refused.value.slug == "scheduled_for_is_not_in_the_stay"


RIDE = {"type_slug": "airport_transport", "subtype": "airport_drop"}


def test_a_ride_is_for_the_days_around_a_stay(undone: World) -> None:
    asked = RIDE | {"scheduled_for": morning(undone, 2)}
    with pytest.raises(Refused) as refused, undone.guest("Marutani"):
        undone.submit(asked, "late")
    assert refused.value.slug == "scheduled_for_is_far_from_the_stay"
    asked = RIDE | {"scheduled_for": morning(undone, 1)}
    with undone.guest("Marutani"):
        assert undone.submit(asked, "fitting")["body"]["request"]["status"] == "new"


def test_a_ride_to_the_house_is_a_week_before_the_stay_at_most(undone: World) -> None:
    today = "app.today_in('Asia/Karachi')"
    undone.conn.execute(
        f"update public.bookings set check_in = {today} + 9, check_out = {today} + 11"
        " where guest_name = 'Chidi Okafor'".encode()
    )
    for days, slug in ((1, "scheduled_for_is_far_from_the_stay"), (2, None)):
        asked = RIDE | {"scheduled_for": undone.value(f"select ({today} + %s)::text || 'T06:00'", days)}
        found = None
        try:
            with undone.guest("Okafor"):
                undone.submit(asked, f"in {days}")
        except Refused as refused:
            found = refused.slug
        assert found == slug


def test_the_day_of_departure_is_a_day_of_the_stay_and_the_title_says_when(undone: World) -> None:
    asked = {"type_slug": "wake_up_call", "scheduled_for": morning(undone, 0)}
    with undone.guest("Marutani", "context"):
        made = undone.submit(asked, "k")["body"]["request"]
    title, said = undone.rows(
        "select r.title ->> 'es', app.moment_text(r.scheduled_for, 'Asia/Karachi', 'es')"
        " from portal.requests as r where r.id = %s",
        made["id"],
    )[0]
    assert title == f"Despiérteme · {said}"
