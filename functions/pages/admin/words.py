"""Refusals in a manager's words, by the rule's slug and in their language."""

from typing import Any, Final

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said, in_its_own_words
from functions.pages.base.rendering import gettext
from functions.shared.errors import Problem

SENTENCES: Final = {
    "already_a_member": _("This person is a member of the house already."),
    "currency_is_in_use": _("The house counts in its currency already."),
    "code_invalid": _("A house is called by two to six letters and digits, such as FSL."),
    "email_invalid": _("This is not an e-mail address."),
    "country_invalid": _("Please choose a country, a time zone and a currency."),
    "currency_invalid": _("Please choose a country, a time zone and a currency."),
    "slack_not_connected": _("No Slack workspace is connected. Give a bot token first."),
    "slack_token_invalid": _("A bot token begins with xoxb-. Copy it from your app in Slack."),
    "slack_user_invalid": _("A Slack member ID begins with U, as in U012ABCDEF."),
    "slack_user_taken": _("This Slack user is a colleague already."),
    "time_zone_invalid": _("Please choose a country, a time zone and a currency."),
    "field_invalid": _("Something here cannot be read. Please look at the form once more."),
    "guest_phone_is_e164": _("Write the phone number with + and the country code: +1 202 555 0123."),
    "inclusive_price_carries_one_tax": _("A price that includes tax can carry only one."),
    "input_invalid": _("Something here cannot be read. Please look at the form once more."),
    "last_owner_stays": _("The hotel would have no owner any more. Make somebody else an owner first."),
    "member_email_invalid": _("This is not an e-mail address."),
    "member_name_missing": _("Please give the name that colleagues see."),
    "member_not_found": _("There is no such member."),
    "one_time_password_over": _("The password you were given is over. Ask your manager for a new one."),
    "owner_is_made_by_an_owner": _("Only an owner makes or unmakes an owner."),
    "own_membership_stays": _("Nobody changes their own membership. Ask another manager or the owner."),
    "own_roles_are_not_changed": _("Nobody changes their own roles. Somebody else who holds as much can."),
    "old_password_wrong": _("The password until now is not right."),
    "password_unchanged": _("This is the password you have. Choose another one."),
    "password_too_weak": _("This password is too easy to guess."),
    "property_code_invalid": _("A house is called by two to six letters and digits, such as FSL."),
    "property_incomplete": _("A new house needs a name, a country, a time zone and a currency."),
    "role_exceeds_yours": _("You can only give or take what you hold yourself."),
    "roles_missing": _("Choose at least one role."),
    "room_has_another_type": _("Some of these rooms are of another kind already."),
    "room_is_promised": _("This room is promised to a guest. Move the guest first."),
    "room_lines_invalid": _("There are no lines to read."),
    "room_pattern_unreadable": _("Write rooms like 101-120, 201, G01-G08."),
    "room_price_invalid": _("Write the rate a night as a number that its currency knows."),
    "room_type_code_is_taken": _("This code stands for a kind of room in another house."),
    "room_type_invalid": _("A kind of room needs a short code, such as DELUXE, and a name."),
    "room_type_not_found": _("Choose a kind of room first."),
    "rooms_missing": _("The house needs at least one room before it opens."),
    "rooms_too_many": _("That is a lot at once. Please add the rooms floor by floor."),
    "sign_in_refused": _("E-mail or password are not right."),
    "slack_channel_invalid": _("Write a Slack channel like #kitchen, or its id."),
    "slug_is_taken": _("This name for addresses is taken. Choose another."),
    "tax_invalid": _("A tax needs a short code, a name and a rate from 0 to 100."),
    "tax_is_stated_twice": _("Give each tax a code of its own."),
    "time_zone_unknown": _("There is no such time zone."),
    "too_many_tries": _("That was tried too often. Please wait a little."),
}
PROBLEMS: Final = {
    "room_number_missing": _("the room's number is missing"),
    "room_number_invalid": _("“%(value)s” is no room number"),
    "room_type_missing": _("the kind of room is missing"),
    "room_type_unknown": _("there is no kind of room “%(value)s”"),
    "room_is_repeated": _("room %(value)s stands in the list twice"),
    "room_has_another_type": _("room %(value)s is of another kind already"),
}


def said(refusal: Refusal | Problem, language: str) -> Said:
    """What a manager is told; a rule that has no words here speaks for itself."""
    own = in_its_own_words(refusal, language)
    sentence = SENTENCES.get(refusal.slug or "")
    if sentence is None:
        return own
    # a password's own advice says what to do
    advice = gettext(language, own.advice) if refusal.slug == "password_too_weak" and own.advice else ""
    return Said(gettext(language, sentence), advice)


def wrong_lines(wrong: list[dict[str, Any]], language: str) -> list[tuple[int, str]]:
    """Line numbers of a list, each with what is wrong there."""
    return [
        (one["line"], gettext(language, PROBLEMS[one["problem"]]) % {"value": one["value"]}) for one in wrong
    ]
