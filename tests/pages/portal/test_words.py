"""What a rule refuses, in a guest's words."""

import re

import httpx2
import pytest

from functions.cli.home import ROOT
from functions.notify.channels import slack_answer
from functions.pages.base.reader import Refusal, refusal
from functions.pages.base.refusals import Said
from functions.pages.base.rendering import gettext
from functions.pages.inbox import words as at_the_desk
from functions.pages.portal import words as on_the_portal
from functions.pages.portal.words import said


def test_sold_out_names_the_item_and_what_there_is_instead() -> None:
    refused = Refusal(409, "sold_out", 'Only 2 of "Cola" left.', "Instead: Orange juice, Still water.")
    assert said(refused, "en") == Said("Only 2 of “Cola” left.", "There is still: Orange juice, Still water.")
    assert said(refused, "es").sentence == "Solo quedan 2 de «Cola»."


def test_what_postgresql_cannot_read_is_said_in_our_words() -> None:
    nul = {"code": "22P05", "message": "unsupported Unicode escape sequence", "details": "\\u0000"}
    found = refusal(httpx2.Response(400, json=nul))
    assert said(found, "en") == Said("Something you typed cannot be read.", "Please type it once more.")


def test_the_last_one_gone_is_said_plainly() -> None:
    refused = Refusal(409, "sold_out", '"Cola" is sold out.', "Reception knows what else there is.")
    assert said(refused, "en") == Said("“Cola” is sold out.", "Reception knows what else there is.")


def test_closed_kitchens_give_their_hours() -> None:
    refused = Refusal(
        409, "after_hours", '"Food" is closed at this hour.', "Open from 07:00 to 23:00. Reception helps."
    )
    assert "07:00" in said(refused, "es").advice
    assert "23:00" in said(refused, "es").advice


def test_a_rule_without_words_here_speaks_for_itself() -> None:
    refused = Refusal(409, "moon_is_full", "Not tonight.", "Come tomorrow.")
    assert said(refused, "es") == Said("Not tonight.", "Come tomorrow.")
    assert said(Refusal(409), "es").sentence == "No ha funcionado. Inténtelo de nuevo."


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("30_stays/offered_change", on_the_portal.SENTENCES),
        ("30_stays/offered_change", at_the_desk.SENTENCES),
        ("30_stays/give_other_room", at_the_desk.SENTENCES),
        ("30_stays/give_other_room", slack_answer.WORDS["es"]),
        ("30_stays/set_stay_dates", slack_answer.WORDS["es"]),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_whatever_a_change_of_stay_is_refused_for_has_words(command: str, words: dict[str, object]) -> None:
    [told] = re.findall(r"^-- refuses: +(.*)$", (ROOT / f"sql/{command}.sql").read_text("utf-8"), re.M)
    slugs = set(re.findall(r"[a-z]+(?:_[a-z]+)+", told))
    assert len(slugs) > 3
    assert slugs - set(words) == set()


def test_their_sentences_are_spanish_too() -> None:
    spoken = [*on_the_portal.SENTENCES.values(), *on_the_portal.ADVICE.values()]
    spoken += [text for pair in at_the_desk.SENTENCES.values() for text in pair if text]
    assert [text for text in spoken if gettext("es", text) == text] == []
