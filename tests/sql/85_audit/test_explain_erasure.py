"""explain_erasure: what is held of a guest, what keeps them from being forgotten, and what would stay."""

from decimal import Decimal
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, Refused, World

GUEST = "Lindqvist"
BIND = """
update identity.memberships set property_ids = array(select id from public.properties where code = %s)
"""


def guest_id(world: World, last_name: str = GUEST) -> Any:
    return world.value("select id from public.guests where last_name = %s", last_name)


def explained(world: World, guest: Any, by: str = MANAGER) -> dict[str, Any]:
    with world.member(by):
        answer: dict[str, Any] = world.value("select api.explain_erasure(%s)", guest)
    return answer


def counts(answer: dict[str, Any]) -> dict[str, int]:
    return {one["what"]: one["count"] for one in answer["holds"]}


def refusal(world: World, guest: Any, by: str = MANAGER) -> tuple[str | None, str | None]:
    with pytest.raises(Refused) as refused:
        explained(world, guest, by)
    return refused.value.slug, refused.value.code


def counted_alike(stays: list[dict[str, Any]]) -> dict[str, int]:
    """Counts that an erasure does not change."""
    return {one["what"]: one["count"] for one in stays if one["what"] != "audit_entries"}


@pytest.fixture
def guest(undone: World) -> Any:
    """A guest who has left, and who asked for something in words."""
    undone.conn.execute(
        "update public.guests set email = 'astrid@fjord.example', notes = 'Late riser' where last_name = %s",
        (GUEST,),
    )
    with undone.guest(GUEST):
        request = undone.submit({"type_slug": "concierge", "note": "A gym?"}, "k")["body"]["request"]["id"]
        undone.value("select api.add_request_comment(%s, 'Near by?')", request)
    return guest_id(undone)


def test_every_class_is_counted(undone: World, guest: Any) -> None:
    answer = explained(undone, guest)
    filled = undone.value(
        "select count(*) from public.guests g, jsonb_each_text(to_jsonb(g)) c"
        " where g.id = %s and c.value is not null and c.key = any (app.personal_columns('public.guests'))",
        guest,
    )
    held = counts(answer)
    assert held["profile"] == filled >= 4
    assert (held["bookings"], held["comments"], held["codes"]) == (1, 1, 1)
    assert held["requests"] >= 1
    assert held["messages"] >= 1
    assert held["audit_entries"] == undone.value(
        "select count(*) from public.audit_log where guest_id = %s", guest
    )


def test_only_counts_are_told(undone: World, guest: Any) -> None:
    answer = str(explained(undone, guest))
    assert not [word for word in (GUEST, "astrid", "Late riser", "A gym?", "Near by?") if word in answer]


def test_who_has_left_and_paid_can_be_erased(undone: World, guest: Any) -> None:
    answer = explained(undone, guest)
    assert (answer["can_be_erased"], answer["obstacles"], answer["erased_at"]) == (True, [], None)


def test_what_would_stay_is_what_stays(undone: World, guest: Any) -> None:
    """But for the entries that the erasure itself leaves in the log."""
    foretold = explained(undone, guest)["stays"]
    with undone.member(MANAGER):
        report = undone.value("select api.erase_guest(%s)", guest)
    assert [(one["what"], one["reason"]) for one in foretold] == [
        (one["what"], one["reason"]) for one in report["stays"]
    ]
    assert counted_alike(foretold) == counted_alike(report["stays"])


def test_after_it_the_same_report_is_told_and_nothing_personal_is_left(undone: World, guest: Any) -> None:
    with undone.member(MANAGER):
        report = undone.value("select api.erase_guest(%s)", guest)
    answer = explained(undone, guest)
    assert {name: answer[name] for name in report} == report
    assert answer["can_be_erased"] is False
    assert (counts(answer)["profile"], counts(answer)["comments"], counts(answer)["devices"]) == (0, 0, 0)


@pytest.mark.parametrize("last_name", ["Marutani", "Okafor", "Alvarez", "Haddad"])
def test_a_stay_in_house_or_to_come_is_named(undone: World, last_name: str) -> None:
    answer = explained(undone, guest_id(undone, last_name))
    assert answer["can_be_erased"] is False
    assert {
        "slug": "guest_has_a_stay",
        "booking_id": str(undone.booking(last_name)),
        "property_code": "FSL",
    }.items() <= answer["obstacles"][0].items()


def test_an_open_folio_is_named_with_what_is_owed(undone: World, guest: Any) -> None:
    booking = undone.booking(GUEST)
    undone.conn.execute(
        "update public.folios set closed_at = null, closed_note = null where booking_id = %s", (booking,)
    )
    charge = {"booking_id": str(booking), "category": "fee", "description": "Lost key", "unit_price": "1000"}
    with undone.member(RECEPTION):
        undone.value("select api.post_charge(%s, 'k')", Jsonb(charge))
    [obstacle] = explained(undone, guest)["obstacles"]
    owed = undone.value(
        "select sum(c.gross) from public.charges c join public.folios f on f.id = c.folio_id"
        " where f.booking_id = %s",
        booking,
    )
    assert (obstacle["slug"], obstacle["currency"]) == ("folio_not_settled", "PKR")
    assert Decimal(str(obstacle["balance"])) == owed


@pytest.mark.parametrize("email", [RECEPTION, HOUSEKEEPER])
def test_only_managers_are_told(undone: World, guest: Any, email: str) -> None:
    assert refusal(undone, guest, email)[1] in ("42501", "PT403")


def test_a_manager_without_the_right_is_not(undone: World, guest: Any) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:guests:write'")
    assert refusal(undone, guest) == ("permission_missing", "PT403")


def test_the_strangers_guest_and_a_missing_one_are_the_same(undone: World, guest: Any) -> None:
    missing = "00000000-0000-0000-0000-000000000000"
    assert refusal(undone, guest, STRANGER) == refusal(undone, missing) == ("guest_not_found", "PT404")


def test_a_guest_of_another_house_is_not_found(undone: World, guest: Any) -> None:
    undone.conn.execute(BIND, ("CLF",))
    assert refusal(undone, guest) == ("guest_not_found", "PT404")
    undone.conn.execute(BIND, ("FSL",))
    assert explained(undone, guest)["can_be_erased"] is True


def test_it_speaks_the_managers_language(undone: World, guest: Any) -> None:
    undone.conn.execute("update identity.memberships set language = 'es'")
    answer = explained(undone, guest)
    assert "Reservas" in [one["label"] for one in answer["holds"]]
    assert "Fechas" in answer["stays"][0]["reason"]
