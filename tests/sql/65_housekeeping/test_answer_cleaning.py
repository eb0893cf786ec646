"""answer_cleaning: a guest's one word about cleaning, where there is no page to say it on."""

from typing import Any

import pytest

from tests.cleaning import Lodge
from tests.desk import Booking


def answer(lodge: Lodge, booking: Booking, word: str) -> dict[str, Any] | None:
    with lodge.desk.db.transaction():
        lodge.desk.db.execute("select app.set_caller(%s)", (lodge.desk.tenant_id,))
        told: dict[str, Any] | None = lodge.desk.one(
            "select app.answer_cleaning(%s, %s, 'whatsapp')", booking["id"], word
        )
    return told


def test_daily_stop_and_skip(lodge: Lodge) -> None:
    booking = lodge.desk.in_house(0, 5)
    told = answer(lodge, booking, "daily")
    assert told is not None
    assert (told["daily"], told["opt_in_source"]) == (True, "whatsapp")
    assert lodge.desk.messages(booking)[-1] == "cleaning_pref_changed"
    told = answer(lodge, booking, "skip")
    assert told is not None
    assert (told["daily"], told["skip_today"]) == (True, True)
    assert lodge.desk.messages(booking)[-1] == "cleaning_skip_confirmed"
    told = answer(lodge, booking, "stop")
    assert told is not None
    assert told["daily"] is False


def test_the_same_word_again_says_nothing(lodge: Lodge) -> None:
    booking = lodge.desk.in_house(0, 5)
    answer(lodge, booking, "skip")
    said = lodge.desk.messages(booking)
    answer(lodge, booking, "skip")
    assert lodge.desk.messages(booking) == said


def test_skip_takes_the_day_s_cleaning_off_the_list(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1)
    lodge.tick()
    answer(lodge, booking, "skip")
    assert lodge.listed() == [("daily_clean", "L1", "skipped", "daily_cron")]


@pytest.mark.parametrize(("word", "is_taken"), [("daily", False), ("skip", False), ("stop", True)])
def test_on_the_last_day_only_an_end_is_taken(lodge: Lodge, word: str, is_taken: bool) -> None:
    booking = lodge.stays("L1")
    lodge.morning(5, "08:00")
    assert (answer(lodge, booking, word) is not None) == is_taken


def test_after_check_out_there_is_nothing_to_answer(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(5, "08:00")
    lodge.desk.check_out(booking)
    assert answer(lodge, booking, "stop") is None
