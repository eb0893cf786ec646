"""api.save_template, api.reset_template, api.set_template_state, api.preview_template, and their view."""

import json
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import HOUSEKEEPER, MANAGER, STRANGER, Refused, World

SID = "HX" + "0a" * 16
HOUSES = {
    "en": "Dear {{guest_first_name}}, how was your stay at {{property_name}}? Tell us: {{portal_url}} Bye.",
    "es": "Hola, {{guest_first_name}}: ¿qué tal en {{property_name}}? Cuéntelo: {{portal_url}} Gracias.",
}


@pytest.fixture
def world(undone: World) -> World:
    return undone


def template(world: World, key: str = "feedback_request", channel: str = "whatsapp") -> dict[str, Any]:
    """A template of hamsun as a manager sees it."""
    with world.member(MANAGER):
        found: dict[str, Any] = world.value(
            "select to_jsonb(t) from api.templates as t where t.key = %s and t.channel = %s", key, channel
        )
    return found


def save(
    world: World, bodies: Any, subjects: Any = None, by: str = MANAGER, key: str = "feedback_request"
) -> dict[str, Any]:
    channel = "email" if subjects is not None else "whatsapp"
    identity = template(world, key, channel)["id"]
    with world.member(by):
        saved: dict[str, Any] = world.value(
            "select api.save_template(%s, %s, %s)",
            identity,
            Jsonb(bodies),
            None if subjects is None else Jsonb(subjects),
        )
    return saved


def set_state(
    world: World, state: str | None, ids: Any = None, key: str = "feedback_request"
) -> dict[str, Any]:
    identity = template(world, key)["id"]
    with world.member(MANAGER):
        answer: dict[str, Any] = world.value(
            "select api.set_template_state(%s, %s, %s)", identity, state, Jsonb(ids or {})
        )
    return answer


def reset(world: World, key: str = "feedback_request", channel: str = "whatsapp") -> dict[str, Any]:
    identity = template(world, key, channel)["id"]
    with world.member(MANAGER):
        answer: dict[str, Any] = world.value("select api.reset_template(%s)", identity)
    return answer


def problems(refused: "pytest.ExceptionInfo[Refused]") -> set[tuple[str, str]]:
    assert refused.value.slug == "template_not_sound"
    return {(each["language"], each["problem"]) for each in json.loads(refused.value.hint)}


def test_a_hotel_says_it_its_own_way_once_it_is_approved(world: World) -> None:
    before = template(world)
    assert save(world, HOUSES) == {
        "id": before["id"],
        "key": "feedback_request",
        "channel": "whatsapp",
        "state": "approved",
        "is_edited": True,
        "waits": True,
    }
    waiting = template(world)
    assert (waiting["bodies"], waiting["waiting_bodies"]) == (before["bodies"], HOUSES)
    set_state(world, "approved", {"en": SID})
    now = template(world)
    assert (now["bodies"], now["waiting_bodies"], now["content_ids"]) == (HOUSES, None, {"en": SID})
    assert now["house"]["bodies"] == before["bodies"]


def test_the_same_text_again_changes_nothing(world: World) -> None:
    set_state(world, "paused")
    save(world, HOUSES)
    before = template(world)
    save(world, HOUSES)
    assert template(world) == before


def test_a_text_that_nobody_hears_is_a_draft(world: World) -> None:
    set_state(world, "paused")
    assert save(world, HOUSES)["state"] == "draft"
    assert template(world)["bodies"] == HOUSES


def test_a_mail_needs_nobodys_approval(world: World) -> None:
    mail = template(world, "booking_confirmation", "email")
    bodies = mail["bodies"] | {"en": mail["bodies"]["en"] + "\n\nSee you!"}
    saved = save(world, bodies, mail["subjects"], key="booking_confirmation")
    assert (saved["state"], saved["is_edited"], saved["waits"]) == ("approved", True, False)
    assert template(world, "booking_confirmation", "email")["bodies"]["en"].endswith("See you!")
    assert reset(world, "booking_confirmation", "email")["is_edited"] is False
    assert template(world, "booking_confirmation", "email")["bodies"] == mail["bodies"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "Dear {{guest_first_name}}, {{portal_url}} and {{property_name}} or {{room}} it is",
            "variable_unknown",
        ),
        ("Dear {{guest_first_name}} of {{property_name}}, hello", "variable_missing"),
        ("{{guest_first_name}} of {{property_name}} see {{portal_url}} now", "begins_or_ends_with_variable"),
        (
            "Dear {{guest_first_name}} {{property_name}} see {{portal_url}} now",
            "begins_or_ends_with_variable",
        ),
        ("a {{guest_first_name}} b {{property_name}} c {{portal_url}} d " + "x" * 1024, "text_too_long"),
        ("a {{guest_first_name}} b {{property_name}} c {{portal_url}} waiting_parts d", "status_key_used"),
        (" ", "text_missing"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reasons(world: World, text: str, problem: str) -> None:
    before = template(world)
    with pytest.raises(Refused) as refused:
        save(world, HOUSES | {"es": text})
    assert ("es", problem) in problems(refused)
    assert template(world) == before


def test_a_mail_without_a_subject_is_refused(world: World) -> None:
    mail = template(world, "booking_confirmation", "email")
    with pytest.raises(Refused) as refused:
        save(world, mail["bodies"], {"en": "x" * 151, "es": ""}, key="booking_confirmation")
    assert {("es", "subject_missing"), ("en", "subject_too_long")} <= problems(refused)


@pytest.mark.parametrize(
    "bodies",
    [
        None,
        [],
        "text",
        {"en": 1},
        {"en": "text", "es": {"es": "texto"}},
        {"english": "text"},
        {"es": "text"},
        {},
    ],
    ids=str,
)
def test_what_is_no_text_is_refused(world: World, bodies: Any) -> None:
    with pytest.raises(Refused) as refused:
        save(world, bodies)
    assert refused.value.slug == "template_not_sound"


def test_back_to_the_houses_words(world: World) -> None:
    before = template(world)
    save(world, HOUSES)
    assert reset(world) == reset(world)
    assert template(world)["waiting_bodies"] is None
    save(world, HOUSES)
    set_state(world, "approved")
    back = reset(world)
    assert (back["waits"], back["is_edited"]) == (True, False)
    assert template(world)["waiting_bodies"] == before["bodies"]


def test_a_text_of_the_hotels_own_has_no_original(world: World) -> None:
    with world.owner() as owner:
        owner.conn.execute("update notify.templates set key = 'our_own' where key = 'feedback_request'")
    with pytest.raises(Refused) as refused:
        reset(world, "our_own")
    assert refused.value.slug == "template_has_no_original"


def test_a_rejected_text_that_waited_is_dropped_and_the_approved_one_stays(world: World) -> None:
    before = template(world)
    save(world, HOUSES)
    assert set_state(world, "submitted")["waits"]
    assert set_state(world, "rejected")["state"] == "approved"
    assert (template(world)["bodies"], template(world)["waiting_bodies"]) == (before["bodies"], None)


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected", "paused", "approved"])
def test_every_state_can_be_told(world: World, state: str) -> None:
    set_state(world, "draft")
    assert set_state(world, state)["state"] == state


@pytest.mark.parametrize(
    ("state", "ids", "slug"),
    [
        ("lost", {}, "template_state_unknown"),
        (None, {}, "template_state_unknown"),
        ("approved", {"en": "nonsense"}, "content_id_invalid"),
        ("approved", ["HX"], "content_id_invalid"),
    ],
)
def test_what_the_provider_never_says_is_refused(
    world: World, state: str | None, ids: Any, slug: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_state(world, state, ids)
    assert refused.value.slug == slug


def test_a_mail_is_in_no_state(world: World) -> None:
    mail = template(world, "booking_confirmation", "email")["id"]
    with pytest.raises(Refused) as refused, world.member(MANAGER):
        world.value("select api.set_template_state(%s, 'paused')", mail)
    assert refused.value.slug == "template_needs_no_approval"


@pytest.mark.parametrize(
    ("by", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "template_not_found")]
)
def test_nobody_else_may(world: World, by: str, slug: str) -> None:
    with pytest.raises(Refused) as refused:
        save(world, HOUSES, by=by)
    assert refused.value.slug == slug


def test_the_preview_is_what_the_guest_would_read(world: World) -> None:
    identity, booking = template(world, "welcome_with_portal")["id"], world.booking("Alvarez")
    with world.member(MANAGER):
        shown = {
            each["language"]: each
            for each in world.value("select api.preview_template(%s, %s)", identity, booking)
        }
    assert set(shown) == {"en", "es", "ur"}
    assert shown["es"]["is_guests"]
    assert "Lucía" in shown["es"]["body"]
    assert "{{" not in shown["ur"]["body"]
    assert "https://stay.example/" in shown["en"]["body"]


def test_what_holds_of_cleaning_is_previewed_in_each_language(world: World) -> None:
    """cleaning_words."""
    identity, booking = template(world, "cleaning_pref_changed")["id"], world.booking("Alvarez")
    with world.member(MANAGER):
        said = {
            each["language"]: each["body"]
            for each in world.value("select api.preview_template(%s, %s)", identity, booking)
        }
    assert "Daily cleaning is off" in said["en"]
    assert "Limpieza diaria desactivada" in said["es"]
    assert "روزانہ صفائی نہیں ہوگی" in said["ur"]


@pytest.mark.parametrize(
    ("by", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "template_not_found")]
)
def test_nobody_else_sees_a_guests_data(world: World, by: str, slug: str) -> None:
    identity, booking = template(world)["id"], world.booking("Alvarez")
    with pytest.raises(Refused) as refused, world.member(by):
        world.value("select api.preview_template(%s, %s)", identity, booking)
    assert refused.value.slug == slug


def test_a_booking_of_another_hotel_is_none(world: World) -> None:
    identity, booking = template(world)["id"], world.booking("Hofer")
    with pytest.raises(Refused) as refused, world.member(MANAGER):
        world.value("select api.preview_template(%s, %s)", identity, booking)
    assert refused.value.slug == "booking_not_found"
