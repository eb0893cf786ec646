"""Reference data: complete, in both languages, and consistent with itself."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from functions.cli.seed import KINDS, reference

STATES = ("pre_checkin", "arrival_day", "in_house", "departure_day", "post_checkout")

OPEN_IN = {
    "stay_info": "✓✓✓✓✓",
    "concierge": "✓✓✓✓✓",
    "lost_and_found": "✓✓✓✓✓",
    "menu_order": "–✓✓––",
    "kitchen_fnb": "––✓✓–",
    "mini_shop": "––✓✓–",
    "housekeeping": "––✓✓–",
    "maintenance": "––✓✓–",
    "wake_up_call": "––✓✓–",
    "complaint": "––✓✓–",
    "cleaning_preferences": "✓✓✓––",
    "cleaning": "––✓––",
    "airport_transport": "✓✓✓✓–",
    "booking_action": "✓✓✓✓–",
    "charges": "–✓✓✓✓",
    "feedback": "––––✓",
}

READ_AND_WRITE = (
    "bookings guests rooms requests charges payments kiosks catalog menus messages housekeeping events "
    "schedules knowledge"
)
MORE_RIGHTS = (
    "requests:assign requests:approve charges:reverse checkin:write workflows:write settings:write "
    "staff:write qr:write reports:read audit:read"
)

TEMPLATES = (
    "welcome_with_portal checkin_welcome_cleaning_opt_in request_received request_update request_done "
    "request_cancelled cleaning_done cleaning_skip_confirmed cleaning_pref_changed folio_charge_posted "
    "checkout_summary menu_form menu_reminder feedback_request cleaning_stopped messages_stopped "
    "messages_resumed unknown_number message_waiting driver_assigned ride_scheduled"
)
# What guests are asked to answer: each is a word that read_command knows.
ANSWERS = {"DAILY", "SKIP", "STOP", "STOP ALL", "START", "DIARIO", "SALTAR", "PARAR", "Parar todo", "ALTA"}

PERMISSIONS = {entry["key"] for entry in reference("permissions")}
ROLES = {entry["key"]: entry for entry in reference("roles")}
MAILS = ("booking_confirmation", "invoice", "receipt")

LETTERS = {entry["key"]: entry for entry in reference("templates") if entry["channel"] == "email"}
MESSAGES = {entry["key"]: entry for entry in reference("templates") if entry["channel"] == "whatsapp"}


def texts(value: Any, at: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every {language: text} object below a value, with where it stands."""
    if isinstance(value, dict):
        if value and all(re.fullmatch("[a-z]{2}", key) for key in value):
            yield at, value
        else:
            for key, below in value.items():
                yield from texts(below, f"{at}.{key}")
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from texts(below, f"{at}[{index}]")


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_there_in_english_and_spanish(kind: str) -> None:
    for entry in reference(kind):
        for at, text in texts(entry, str(entry.get("key", entry.get("slug", entry.get("feature"))))):
            assert text.get("en", "").strip(), at
            assert text.get("es", "").strip(), at


def test_the_finder_of_texts_finds_a_missing_language() -> None:
    planted = {"key": "x", "label": {"en": "Only English"}}

    assert [text for _, text in texts(planted)] == [{"en": "Only English"}]


def test_permissions_are_the_whole_list() -> None:
    expected = {f"hotel:{area}:{right}" for area in READ_AND_WRITE.split() for right in ("read", "write")}
    expected |= {f"hotel:{right}" for right in MORE_RIGHTS.split()}

    assert expected == PERMISSIONS


def test_roles_carry_known_permissions() -> None:
    assert set(ROLES) == {"OWNER", "MANAGER", "RECEPTION", "STAFF", "AI_AGENT", "KIOSK_MACHINE"}
    assert all(set(role["permissions"]) <= PERMISSIONS for role in ROLES.values())


@pytest.mark.parametrize("role", ["OWNER", "MANAGER"])
def test_owner_and_manager_have_full_access(role: str) -> None:
    assert set(ROLES[role]["permissions"]) == PERMISSIONS


@pytest.mark.parametrize("role", ["RECEPTION", "STAFF", "AI_AGENT", "KIOSK_MACHINE"])
def test_what_needs_a_manager_is_withheld_from_others(role: str) -> None:
    managers_only = "requests:approve charges:reverse workflows:write settings:write staff:write reports:read"
    withheld = {f"hotel:{right}" for right in [*managers_only.split(), "audit:read"]}

    assert not withheld & set(ROLES[role]["permissions"])


@pytest.mark.parametrize("feature", sorted(OPEN_IN))
def test_feature_windows_are_the_default_table(feature: str) -> None:
    windows = {entry["feature"]: entry["states"] for entry in reference("feature_windows")}
    expected = [state for state, mark in zip(STATES, OPEN_IN[feature], strict=True) if mark == "✓"]

    assert set(windows) == set(OPEN_IN)
    assert windows[feature] == expected


def test_request_types_name_teams_and_features_that_exist() -> None:
    teams = {entry["key"] for entry in reference("teams")}
    for entry in reference("request_types"):
        told = {action["slack"] for action in entry["workflow"]["actions"].values()} - {None}
        assert {entry["team"], *told} <= teams
        assert entry["feature"] is None or entry["feature"] in OPEN_IN


def test_every_template_of_the_inventory_is_there() -> None:
    assert set(MESSAGES) == set(TEMPLATES.split())
    assert set(LETTERS) == set(MAILS)


@pytest.mark.parametrize("key", MAILS)
def test_a_mail_uses_each_of_its_variables_in_every_language(key: str) -> None:
    declared = {variable["name"] for variable in LETTERS[key]["variables"]}
    assert set(LETTERS[key]["subjects"]) == set(LETTERS[key]["bodies"])
    for language, body in LETTERS[key]["bodies"].items():
        subject = LETTERS[key]["subjects"][language]
        assert set(re.findall(r"{{(\w+)}}", subject + body)) == declared
        assert len(subject) <= 78


@pytest.mark.parametrize("key", TEMPLATES.split())
def test_a_template_uses_each_of_its_variables_in_every_language(key: str) -> None:
    declared = {variable["name"] for variable in MESSAGES[key]["variables"]}
    for body in MESSAGES[key]["bodies"].values():
        assert set(re.findall(r"{{(\w+)}}", body)) == declared


@pytest.mark.parametrize("key", TEMPLATES.split())
def test_a_template_keeps_what_whatsapp_asks_of_bodies(key: str) -> None:
    for body in MESSAGES[key]["bodies"].values():
        assert len(body) <= 1024
        assert not body.startswith("{{")
        assert not re.search(r"}}[.!?]?$", body)
        assert not re.search(r"}}\s*{{", body)


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_a_template_asks_for_no_word_that_nobody_understands(key: str) -> None:
    asked = re.compile(
        r"\b(?:[Aa]nswer|[Rr]eply|[Rr]esponda|[Cc]onteste) «?([A-ZÁÉÍÓÚ]{3,}(?: [A-Z]{3,})*|Parar todo)"
    )
    for body in MESSAGES[key]["bodies"].values():
        assert set(asked.findall(body)) <= ANSWERS


FIRST = (
    "welcome_with_portal",
    "checkin_welcome_cleaning_opt_in",
    "request_received",
    "menu_form",
    "menu_reminder",
    # what answers the words that these ask for
    "cleaning_pref_changed",
    "cleaning_skip_confirmed",
    "cleaning_stopped",
    "messages_stopped",
    "messages_resumed",
    "unknown_number",
    "booking_confirmation",
)
URDU_ANSWERS = {"روزانہ", "آج نہیں", "بند", "سب بند", "شروع"}


@pytest.mark.parametrize("key", FIRST)
def test_what_a_guest_receives_first_is_there_in_urdu(key: str) -> None:
    """Names and numbers stand apart in it, lest right-to-left words turn them round; links do not."""
    template = (MESSAGES | LETTERS)[key]
    body = template["bodies"]["ur"]
    assert re.match("[\u0600-\u06ff]", body)
    apart = set(re.findall("\u2068{{(\\w+)}}\u2069", body))
    asked = {variable["name"] for variable in template["variables"]}
    assert apart == asked - {"portal_url"}
    assert ("portal_url" in asked) == bool(re.search(r"\s{{portal_url}}\s", body))
    assert set(re.findall("«([^»]+)»", body)) <= URDU_ANSWERS
