"""Refusals in a guest's words: by the rule's slug, in the guest's language, with what the refusal names.

A rule that is not known here speaks for itself, in its own sentence.
"""

import re

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said, in_its_own_words
from functions.pages.base.rendering import gettext

QUOTED = re.compile(r'"([^"]+)"')
COUNT = re.compile(r"(\d+)(?!.*\d)")
HOURS = re.compile(r"(\d\d:\d\d).*?(\d\d:\d\d)")
INSTEAD = "Instead: "
INSTEAD_OF = {"sold_out", "choice_gone", "slot_closed", "slot_full"}


SENTENCES = {
    "arrival_is_past": _("That day has passed."),
    "booking_check_out_is_not_before_check_in": _("The stay cannot end before it begins."),
    "booking_checked_out": _("You have checked out already."),
    "booking_is_at_most_a_year": _("A stay is a year at most."),
    "booking_not_confirmed": _("Your booking is not confirmed."),
    "booking_not_found": _("We do not find your booking."),
    "booking_not_open": _("Your stay can no longer be changed here."),
    "booking_takes_no_requests": _("Your stay takes no requests any more."),
    "room_type_not_found": _("That kind of room is no longer on offer."),
    "action_not_available": _("This is no longer possible."),
    "choice_gone": _("Something you chose is no longer on offer."),
    "menu_unknown": _("This menu is no longer on offer."),
    "order_is_locked": _("This order is with the kitchen by now."),
    "people_invalid": _("Please say for how many."),
    "slot_closed": _("It is too late for that time."),
    "slot_full": _("That time is full by now."),
    "slot_unknown": _("Please choose a time."),
    "total_changed": _("The prices have changed since you looked."),
    "after_hours": _("This is closed at this hour."),
    "cleaning_time_closed": _("Rooms are not cleaned at that hour."),
    "cleaning_wish_invalid": _("Something here cannot be read."),
    "date_not_offered": _("The stay cannot be changed to that day."),
    "feature_closed": _("This is not open at this point of your stay."),
    "guest_is_in_house": _("You have your room already."),
    "guest_has_no_email": _("We do not know your e-mail address."),
    "hour_not_offered": _("We cannot offer that hour."),
    "idempotency_key_reused": _(
        "You sent something a moment ago from this very form. Shall we take this as well?"
    ),
    "feedback_invalid": _("Please choose a mark."),
    "feedback_is_given_once": _("You have told us already. Thank you."),
    "identity_not_confirmed": _("That is not what the booking says."),
    "input_invalid": _("Something here cannot be read."),
    "input_missing": _("Something is missing."),
    "input_unknown": _("Something here is not asked for any more."),
    "item_unknown": _("Something you chose is no longer on offer."),
    "items_missing": _("Choose at least one thing."),
    "items_not_taken": _("Something you chose is no longer on offer."),
    "not_a_time": _("Please give a date and a time."),
    "not_on_that_day": _("The clocks skip this time on that day. Please pick another."),
    "note_too_long": _("That is a little long."),
    "permission_missing": _("You may not see or do this. Reception can help."),
    "request_moved_on": _("This has just moved on, so it was left as it is."),
    "request_type_unknown": _("This is no longer on offer."),
    "room_is_not_double_booked": _("Another guest is expected in your room then."),
    "room_type_is_not_oversold": _("We have no free room for that."),
    "scheduled_for_is_far_from_the_stay": _("That is long before or after your stay."),
    "scheduled_for_is_not_in_the_stay": _("That is after your stay, or before it."),
    "scheduled_for_is_past": _("That time has passed."),
    "second_fact_needed": _("Please tell us first who you are."),
    "stay_is_over": _("That day has passed."),
    "subtype_unknown": _("Please choose one of the answers."),
    "twin_in_flight": _("This is on its way to us already."),
    "value_not_readable": _("Something you typed cannot be read."),
}
ADVICE = {
    "arrival_is_past": _("Choose another day."),
    "booking_check_out_is_not_before_check_in": _("Choose another day."),
    "booking_checked_out": _("Reception can help."),
    "booking_is_at_most_a_year": _("Choose another day."),
    "booking_not_confirmed": _("Reception can help."),
    "booking_not_found": _("Reception can help."),
    "booking_not_open": _("Reception can help."),
    "booking_takes_no_requests": _("Reception can help."),
    "guest_is_in_house": _("Reception can help."),
    "room_type_not_found": _("Please look at the form once more."),
    "stay_is_over": _("Choose another day."),
    "action_not_available": _("Reception can help."),
    "menu_unknown": _("Reception can help."),
    "order_is_locked": _("Reception can help."),
    "party_is_served": _("You can change the order that stands; reception helps with more."),
    "total_changed": _("Please look at your order once more."),
    "feature_closed": _("Reception can help."),
    "guest_has_no_email": _("Tell reception your address, or open the bill as a PDF here."),
    "idempotency_key_reused": _("Your first one is under My requests."),
    "identity_not_confirmed": _(
        "Try the last name as it stands on the booking, "
        "or the last four digits of the phone our message came to."
    ),
    "input_invalid": _("Please look at the form once more."),
    "input_missing": _("Please look at the form once more."),
    "input_unknown": _("Please open the form once more."),
    "item_unknown": _("Please look at the form once more."),
    "request_type_unknown": _("Reception can help."),
    "room_is_not_double_booked": _("Reception can help."),
    "room_type_is_not_oversold": _("Reception can help."),
    "date_not_offered": _("Choose another day."),
    "scheduled_for_is_far_from_the_stay": _("Choose a time closer to your stay."),
    "scheduled_for_is_not_in_the_stay": _("Choose a time while you are here."),
    "scheduled_for_is_past": _("Choose a later one."),
    "value_not_readable": _("Please type it once more."),
    "twin_in_flight": _("Look under My requests in a moment; if it is not there, send it again."),
}


def said(refusal: Refusal, language: str) -> Said:
    """What a refusal says to a guest."""
    sentence, values = sentence_of(refusal)
    if not sentence:
        return in_its_own_words(refusal, language)
    return Said(gettext(language, sentence, **values), advice_of(refusal, language))


def sentence_of(refusal: Refusal) -> tuple[str, dict[str, str]]:
    """The sentence for the rule, and the item and number that the rule named."""
    name, count = QUOTED.search(refusal.message), COUNT.search(refusal.message)
    if refusal.slug == "sold_out" and name:
        if count:
            return _("Only %(count)s of “%(name)s” left."), {"count": count[1], "name": name[1]}
        return _("“%(name)s” is sold out."), {"name": name[1]}
    if refusal.slug == "choices_invalid" and len(both := QUOTED.findall(refusal.message)) == 2:
        return _("Please choose for “%(name)s”: %(group)s."), {"name": both[0], "group": both[1]}
    if refusal.slug == "party_is_served":
        if count and "already" in refusal.message:
            return _("You have ordered for %(count)s already."), {"count": count[1]}
        return _("That is more people than your stay has."), {}
    if refusal.slug == "quantity_invalid" and name and count:
        return _("Of “%(name)s” you can have up to %(count)s."), {"count": count[1], "name": name[1]}
    return SENTENCES.get(refusal.slug, ""), {}


def advice_of(refusal: Refusal, language: str) -> str:
    """What to do next: the rule's alternatives, its hours, or ours."""
    hours = HOURS.search(refusal.hint)
    if refusal.slug == "after_hours" and hours:
        return gettext(
            language,
            _("Open from %(start)s to %(end)s. Reception helps in between."),
            start=hours[1],
            end=hours[2],
        )
    if refusal.slug == "hour_not_offered" and hours:
        return gettext(
            language, _("Choose an hour between %(start)s and %(end)s."), start=hours[1], end=hours[2]
        )
    if refusal.slug in INSTEAD_OF:
        if refusal.hint.startswith(INSTEAD):
            instead = refusal.hint.removeprefix(INSTEAD).rstrip(".")
            return gettext(language, _("There is still: %(names)s."), names=instead)
        return gettext(language, _("Reception knows what else there is."))
    advice = ADVICE.get(refusal.slug)
    return gettext(language, advice) if advice else ""
