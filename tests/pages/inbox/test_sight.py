"""A sight is its address, and an address is a sight; odd ones do no harm."""

from datetime import UTC, datetime, timedelta

import pytest

from functions.pages.inbox.sight import Sight, key_of, matching

ME = "00000000-0000-7000-8000-000000000001"
THEM = "00000000-0000-7000-8000-000000000002"


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({}, "/app/inbox"),
        ({"view": "open"}, "/app/inbox"),
        ({"view": "mine", "property": "FSL"}, "/app/inbox?view=mine&property=FSL"),
        (
            {"view": "team:kitchen", "q": "  club   sandwich "},
            "/app/inbox?view=team%3Akitchen&q=club+sandwich",
        ),
        ({"view": "team:'; drop"}, "/app/inbox"),
        ({"view": "nothing-we-know"}, "/app/inbox"),
    ],
)
def test_an_address_says_it_all(query: dict[str, str], address: str) -> None:
    assert Sight.of(query).address() == address


@pytest.mark.parametrize(
    ("view", "source", "conditions"),
    [
        ("open", "open_requests", {}),
        ("mine", "open_requests", {"assignee_id": f"eq.{ME}"}),
        ("unassigned", "open_requests", {"assignee_id": "is.null"}),
        ("team:kitchen", "open_requests", {"team_key": "eq.kitchen"}),
        ("team:approvals", "open_requests", {"status": "eq.pending_approval"}),
        ("all", "requests", {}),
    ],
)
def test_a_view_in_the_databases_words(view: str, source: str, conditions: dict[str, str]) -> None:
    sight = Sight(view=view)
    assert (sight.source, sight.conditions(ME, "Asia/Karachi")) == (source, conditions)


def test_what_is_overdue_was_promised_for_before_now() -> None:
    found = Sight(view="late").conditions(ME, "UTC")
    assert found["phase"] == "in.(open,active,waiting)"
    promised = datetime.fromisoformat(found["scheduled_for"].removeprefix("lt."))
    assert abs(datetime.now(UTC) - promised) < timedelta(minutes=5)


def test_every_word_must_stand_somewhere() -> None:
    found = Sight(words="g06 towel").conditions(ME, "UTC")["and"]
    assert found.count("or(") == 2
    assert 'room_number.ilike."*g06*"' in found


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("50%", r'"*50\\%*"'),
        ("a_b", r'"*a\\_b*"'),
        ('6"', r'"*6\"*"'),
        ("a\\b", r'"*a\\\\b*"'),
        ("a*b", '"*ab*"'),
    ],
)
def test_signs_in_a_word_mean_themselves(word: str, quoted: str) -> None:
    assert f"title.ilike.{quoted}" in matching(word)


def test_keys_sort_as_the_list_does() -> None:
    instants = [
        "2026-11-21T08:00:00+00:00",
        "2026-11-21T08:00:00.1+00:00",
        "2026-11-21T08:00:00.123456+00:00",
    ]
    keys = [key_of(instant, ME) for instant in instants]
    assert keys == sorted(keys)
    assert key_of(instants[0], ME) < key_of(instants[0], THEM)


def test_a_page_begins_after_its_key() -> None:
    instant = "2026-11-21T08:00:00.123456+00:00"
    after = Sight().after(key_of(instant, ME))
    assert after["created_at"] == f"lte.{instant}"
    assert after["or"] == f'(created_at.lt."{instant}",and(created_at.eq."{instant}",id.lt.{ME}))'


@pytest.mark.parametrize("key", ["", "1-2", "x" * 60, f"9999999999999999-{ME},id.neq.x"])
def test_what_is_no_key_begins_at_the_top(key: str) -> None:
    assert Sight().after(key) == {}
