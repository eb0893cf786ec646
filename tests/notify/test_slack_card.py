"""What a team reads in Slack."""

import json

from functions.notify.channels.slack_card import blocks, line
from functions.notify.messages import Message
from functions.sandbox.slack_blocks import faults
from tests.notify.messages import slack

PUBLIC_URL = "https://stay.example"


def test_the_room_is_big_and_the_inbox_one_tap_away() -> None:
    card = blocks(slack(), PUBLIC_URL)
    assert card[0] == {"type": "header", "text": {"type": "plain_text", "text": "Room G06 · FSL"}}
    assert card[-1]["elements"][0]["url"] == "https://stay.example/app/inbox?q=FSL-1042"
    said = json.dumps(card, ensure_ascii=False)
    for word in ("Ana Marutani", "2 × Towels", "FSL-1042", "Hamsun FSL"):
        assert word in said


def test_lines_note_and_time_are_there() -> None:
    lines = [{"quantity": 2, "name": "Club sandwich"}, {"quantity": 1, "name": "Cola"}]
    said = json.dumps(
        blocks(
            slack({"lines": lines, "note": "No onions", "scheduled_for": "Sunday 26 April, 06:10"}),
            PUBLIC_URL,
        )
    )
    for word in ("2 \\u00d7 Club sandwich", "1 \\u00d7 Cola", "No onions", "Sunday 26 April, 06:10"):
        assert word in said


def test_a_status_says_who_did_what() -> None:
    said = line(slack({"status_label": "Assigned", "actor": "Sana"}, event_key="request_status"))
    assert said == "Room G06 · FSL · 2 × Towels · Assigned by Sana · FSL-1042"


def arrival(language: str = "en") -> Message:
    said = {
        "room_number": "G06",
        "property_code": "FSL",
        "property_name": "Hamsun FSL",
        "guest_name": "Ana Marutani",
        "check_out": "Sunday 27 April",
        "actor": "Mohsin",
    }
    message = slack(event_key="guest_checked_in", language=language)
    message.variables.clear()
    message.variables.update(said)
    return message


def test_a_guests_words_stand_with_their_request() -> None:
    wrote = slack(event_key="guest_wrote", language="es")
    wrote.variables["note"] = "¿A qué hora?"
    assert "💬 el huésped ha escrito" in line(wrote)
    assert "> ¿A qué hora?" in str(blocks(wrote, PUBLIC_URL))


def test_who_wants_no_more_messages_is_named() -> None:
    stopped = slack(event_key="guest_opted_out")
    stopped.variables.clear()
    stopped.variables.update({"room_number": "G06", "property_code": "FSL", "guest_name": "Ana Marutani"})
    assert line(stopped) == "Room G06 · FSL · Wants no more messages · Ana Marutani"


def test_an_arrival_says_who_has_which_room_until_when() -> None:
    card = blocks(arrival(), PUBLIC_URL)
    assert card[0]["text"]["text"] == "Room G06 · FSL"
    assert card[1]["text"]["text"] == "*Checked in*\nAna Marutani · Hamsun FSL"
    assert card[2]["elements"][0]["text"] == "until Sunday 27 April · by Mohsin"
    assert faults(card) == []
    assert line(arrival()) == "Room G06 · FSL · Checked in · Ana Marutani · by Mohsin"


def test_an_arrival_reads_in_spanish() -> None:
    card = blocks(arrival("es"), PUBLIC_URL)
    assert card[1]["text"]["text"].startswith("*Entrada hecha*")
    assert card[2]["elements"][0]["text"] == "hasta Sunday 27 April · por Mohsin"


def test_urgent_is_seen_at_a_glance() -> None:
    assert blocks(slack({"severity": "urgent"}), PUBLIC_URL)[0]["text"]["text"].startswith("🔴")


def test_a_diet_stands_out() -> None:
    card = json.dumps(blocks(slack({"dietary_notes": "No nuts <!here>"}), PUBLIC_URL), ensure_ascii=False)
    assert "⚠️ *Diet:* No nuts &lt;!here&gt;" in card


def test_it_speaks_spanish() -> None:
    card = json.dumps(blocks(slack(language="es"), PUBLIC_URL), ensure_ascii=False)
    assert "Hab. G06" in card
    assert "Abrir en la bandeja" in card


def test_a_guests_note_cannot_call_the_whole_channel() -> None:
    card = json.dumps(blocks(slack({"note": "<!channel> & more", "title": "<!here>"}), PUBLIC_URL))
    assert "<!" not in card


def test_slack_takes_it_however_much_is_in_it() -> None:
    lines = [{"quantity": 1, "name": "x" * 300} for _ in range(60)]
    full = slack(
        {"lines": lines, "note": "y" * 5000 + "\n" * 50, "title": "z" * 400, "guest_name": "w" * 3000}
    )
    assert faults(blocks(full, PUBLIC_URL)) == []


def test_slack_takes_it_with_nothing_in_it() -> None:
    bare = slack()
    bare.variables.clear()
    assert faults(blocks(bare, PUBLIC_URL)) == []
    assert line(bare)


def test_the_day_s_cleaning_is_one_list() -> None:
    message = slack(event_key="daily_cleaning_planned")
    message.variables.clear()
    message.variables.update(
        {"property_code": "FSL", "property_name": "Hamsun FSL", "count": 2, "rooms": "G06, G07"}
    )
    card = blocks(message, PUBLIC_URL)
    assert card[0]["text"]["text"] == "Hamsun FSL"
    assert [part["text"]["text"] for part in card[1:3]] == ["*Rooms to clean today*\nHamsun FSL", "G06, G07"]
    assert faults(card) == []
    assert line(message) == "Hamsun FSL · Rooms to clean today (2) · G06, G07"


def test_a_card_says_that_nobody_works_on_it() -> None:
    stuck = slack({"stuck_minutes": 60}, event_key="request_stuck")
    assert "nobody has worked on it for 60 minutes" in line(stuck)
    assert "desde hace 60 minutos" in line(
        slack({"stuck_minutes": 60}, event_key="request_stuck", language="es")
    )


def test_a_card_says_which_room_it_was() -> None:
    moved = slack({"moved_from": "G01"}, event_key="request_moved")
    assert line(moved).startswith("Room G06 · FSL · 2 × Towels · 🚪 the guest has moved, it was room G01")
    spanish = slack({"moved_from": "G01"}, event_key="request_moved", language="es")
    assert "el huésped se ha cambiado, era la hab. G01" in str(blocks(spanish, PUBLIC_URL))
