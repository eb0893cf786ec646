"""portal_leave_feedback: a guest who has left says how it was; a low mark becomes a complaint."""

from typing import Any

import pytest

from tests.folio import slug_of
from tests.house import Database
from tests.races import all_at_once
from tests.world import MANAGER, RECEPTION, STRANGER, World

COMPLAINT = (
    "select r.note, r.priority, r.status, m.display_name from portal.requests r"
    " left join identity.memberships m on m.id = r.assignee_id"
    " where r.type_slug = 'complaint' and r.booking_id = %s"
)


def leave(world: World, rating: Any, comment: str | None = None, guest: str = "Lindqvist") -> Any:
    with world.guest(guest, "context"):
        return world.value("select api.portal_leave_feedback(%s, %s)", rating, comment)["feedback"]


def test_a_good_mark_is_kept_and_troubles_nobody(undone: World) -> None:
    assert leave(undone, 5, " Lovely ")["rating"] == 5
    assert undone.rows(COMPLAINT, undone.booking("Lindqvist")) == []
    with undone.member(MANAGER):
        assert undone.rows("select rating, comment, complaint_number from api.feedback") == [
            (5, "Lovely", None)
        ]
    with undone.member(STRANGER):
        assert undone.rows("select id from api.feedback") == []


@pytest.mark.parametrize("rating", [1, 2])
def test_a_low_mark_becomes_a_complaint_for_the_manager(undone: World, rating: int) -> None:
    leave(undone, rating, "The room was cold")
    [(note, priority, status, manager)] = undone.rows(COMPLAINT, undone.booking("Lindqvist"))
    assert (note, priority, status) == (f"{rating}/5: The room was cold", "urgent", "new")
    assert manager == undone.value(
        "select m.display_name from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = %s",
        MANAGER,
    )
    with undone.member(MANAGER):
        assert undone.value("select complaint_number from api.feedback")


def test_what_is_low_is_a_setting_of_the_house(undone: World) -> None:
    undone.conn.execute(
        "insert into public.app_settings (tenant_id, key, value) select id, 'low_rating', '4'"
        " from public.tenants where slug = 'hamsun'"
    )
    leave(undone, 4)
    assert len(undone.rows(COMPLAINT, undone.booking("Lindqvist"))) == 1
    with undone.guest("Lindqvist", "context"):
        assert undone.value("select is_complaint from api.portal_feedback where request_id is null") is True
        assert undone.value("select low_rating from api.portal_stay") == 4


def test_the_complaint_does_not_expire_with_the_stay(undone: World) -> None:
    leave(undone, 1, "Cold")
    undone.conn.execute("update app.clock set shift = shift + interval '12 days'")
    undone.conn.execute("select app.tick()")
    assert undone.rows(COMPLAINT, undone.booking("Lindqvist"))[0][2] == "new"


def test_once_and_the_same_again_is_answered_the_same(undone: World) -> None:
    first = leave(undone, 2, "Cold")
    assert leave(undone, 2, "Cold") == first
    assert slug_of(lambda: leave(undone, 3, "Cold")) == "feedback_is_given_once"
    assert len(undone.rows(COMPLAINT, undone.booking("Lindqvist"))) == 1


@pytest.mark.parametrize("rating", [0, 6, -1, None])
def test_marks_are_one_to_five(undone: World, rating: int | None) -> None:
    assert slug_of(lambda: leave(undone, rating)) == "feedback_invalid"


def test_the_longest_comment_fits_into_the_complaint(undone: World) -> None:
    leave(undone, 1, "x" * 2000)
    [(note, *_)] = undone.rows(COMPLAINT, undone.booking("Lindqvist"))
    assert note == "1/5: " + "x" * 1995


def test_a_comment_of_a_megabyte_is_too_long(undone: World) -> None:
    assert slug_of(lambda: leave(undone, 5, "x" * 1_000_000)) == "feedback_invalid"


@pytest.mark.parametrize("guest", ["Marutani", "Alvarez", "Haddad", "Okafor"])
def test_it_opens_after_check_out(undone: World, guest: str) -> None:
    assert slug_of(lambda: leave(undone, 5, guest=guest)) == "feature_closed"


def test_a_low_mark_of_a_request_names_it_in_the_complaint(undone: World) -> None:
    with undone.guest("Lindqvist"):
        asked = undone.submit({"type_slug": "concierge", "subtype": "info_request"}, "k")["body"]["request"]
    request, number = asked["id"], asked["number"]
    with undone.guest("Lindqvist", "context"):
        undone.value("select api.portal_leave_feedback(2, 'Cold', %s)", request)
    [(note, *_)] = undone.rows(COMPLAINT, undone.booking("Lindqvist"))
    assert note == f"{number} · 2/5: Cold"


def test_a_request_of_ones_own_can_be_marked(undone: World) -> None:
    other = undone.value("select id from portal.requests where booking_id = %s", undone.booking("Marutani"))

    def mark() -> None:
        with undone.guest("Lindqvist"):
            undone.value("select api.portal_leave_feedback(5, null, %s)", other)

    assert slug_of(mark) == "request_not_found"


def test_an_erased_guests_words_go(undone: World) -> None:
    leave(undone, 5, "Lovely")
    guest = undone.value("select guest_id from public.bookings where id = %s", undone.booking("Lindqvist"))
    undone.conn.execute("update public.folios set closed_at = now() where closed_at is null")
    with undone.member("owner@hamsun.example"):
        undone.value("select api.erase_guest(%s)", guest)
    assert undone.rows("select rating, comment from portal.feedback") == [(5, None)]


def test_ten_at_once_are_one_mark_and_one_complaint(database: Database) -> None:
    all_at_once(database, [lambda conn: leave(World(conn), 1, "Cold")] * 10)
    with database.connect() as conn:
        world = World(conn)
        assert world.value("select count(*) from portal.feedback") == 1
        assert len(world.rows(COMPLAINT, world.booking("Lindqvist"))) == 1


def test_reception_notes_what_a_guest_said_and_is_named(undone: World) -> None:
    booking = undone.booking("Lindqvist")
    with undone.member(RECEPTION):
        undone.value("select api.portal_leave_feedback(2, 'Cold', null, %s)", booking)
    with undone.member(MANAGER):
        assert undone.rows("select rating, comment, given_by_name from api.feedback") == [
            (2, "Cold", "Mohsin")
        ]
    assert [row[0] for row in undone.rows(COMPLAINT, booking)] == ["2/5: Cold"]
    assert slug_of(lambda: leave(undone, 3)) == "feedback_is_given_once"


def noted(world: World, member: str, guest: str = "Lindqvist") -> None:
    booking = world.booking(guest)
    with world.member(member):
        world.value("select api.portal_leave_feedback(5, null, null, %s)", booking)


def test_nobody_notes_it_for_another_hotels_guest(undone: World) -> None:
    assert slug_of(lambda: noted(undone, STRANGER)) == "booking_not_found"


def test_noting_it_needs_the_right_to_write_requests(undone: World) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:requests:write'")
    assert slug_of(lambda: noted(undone, RECEPTION)) == "permission_missing"


def test_while_the_guest_is_here_nothing_is_noted(undone: World) -> None:
    assert slug_of(lambda: noted(undone, RECEPTION, "Marutani")) == "feature_closed"
