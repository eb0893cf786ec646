"""Refusals in the words of the front desk, by the rule's slug, in the member's language.

A rule that is not known here speaks for itself, in its own sentence.
"""

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said, in_its_own_words
from functions.pages.base.rendering import gettext
from functions.shared.errors import Problem

SENTENCES = {
    "action_cannot_be_undone": (_("This cannot be undone."), _("Another action can put it right.")),
    "action_not_available": (_("This can no longer be done."), _("This is how it stands now.")),
    "after_hours": (_("This is closed at this hour."), ""),
    "arrival_is_past": (_("The day of arrival has passed."), _("Choose another day.")),
    "booking_check_out_is_not_before_check_in": (
        _("The stay cannot end before it begins."),
        _("Choose another day."),
    ),
    "booking_is_at_most_a_year": (_("A stay is a year at most."), _("Choose another day.")),
    "booking_not_confirmed": (_("This booking is not confirmed."), ""),
    "booking_not_found": (_("There is no such booking."), ""),
    "booking_not_open": (_("This booking can no longer be changed."), ""),
    "booking_checked_out": (_("This guest has checked out already."), ""),
    "booking_takes_no_requests": (_("This booking takes no requests."), ""),
    "charge_amount_missing": (_("Say what it costs."), ""),
    "choice_gone": (
        _("Something that was chosen is no longer on the menu."),
        _("Please look at the form once more."),
    ),
    "choices_invalid": (
        _("Something is left to choose with a dish."),
        _("Please look at the form once more."),
    ),
    "cleaning_time_closed": (_("Rooms are not cleaned at that hour."), ""),
    "comment_empty": (_("Write something first, up to 2000 characters."), ""),
    "date_not_offered": (_("The stay cannot be changed to that day."), _("Choose another day.")),
    "feature_closed": (_("That is not open at this point of the stay."), ""),
    "folio_closed": (_("The folio is closed."), _("A closed folio takes nothing more.")),
    "guest_has_heard": (_("The guest is being told already."), _("Another action can put it right.")),
    "guest_is_in_house": (_("The guest is in house already."), ""),
    "hour_not_offered": (_("That hour is not offered, or is agreed already."), _("Choose another hour.")),
    "idempotency_key_reused": (
        _("This form was sent before, with something else in it."),
        _("Open it again."),
    ),
    "input_invalid": (_("Something here cannot be read."), _("Please look at the form once more.")),
    "input_missing": (_("Something is missing."), _("Please look at the form once more.")),
    "input_unknown": (_("Something here is not asked for any more."), _("Open it again.")),
    "item_unknown": (_("This is no longer on offer."), _("Please look at the form once more.")),
    "items_not_taken": (_("This is no longer on offer."), _("Please look at the form once more.")),
    "items_missing": (_("Choose at least one thing."), ""),
    "member_not_found": (_("This colleague does not work here any more."), _("Choose someone else.")),
    "note_too_long": (_("That is a little long."), ""),
    "notification_not_found": (_("There is no such message any more."), ""),
    "notification_not_replayable": (
        _("It is on its way already, has arrived, or its guest has been forgotten."),
        "",
    ),
    "nothing_to_read": (_("Nothing has been said to the guest yet."), _("Write to the guest first.")),
    "order_is_locked": (_("This order is with the kitchen by now."), ""),
    "permission_missing": (_("You may not do this."), _("A manager can give you the right to.")),
    "property_not_found": (_("There is no such house."), _("Please look at the form once more.")),
    "quantity_invalid": (_("That many cannot be ordered."), _("Please look at the form once more.")),
    "request_not_found": (_("There is no such request any more."), ""),
    "request_moved_on": (_("Somebody was first."), _("This is how it stands now.")),
    "request_type_unknown": (_("This is no longer on offer."), ""),
    "room_is_not_double_booked": (
        _("Another guest is expected in that room then."),
        _("Choose another room or other dates."),
    ),
    "room_not_found": (_("There is no such room."), _("Please look at the form once more.")),
    "room_out_of_order": (_("That room is out of order."), _("Choose another room.")),
    "room_not_ready": (_("That room is not clean yet."), _("Choose another room, or have it cleaned first.")),
    "room_not_vacant": (_("Somebody is in that room."), _("Choose another room.")),
    "room_type_is_not_oversold": (
        _("No room of that kind is free then."),
        _("Choose another kind or other dates."),
    ),
    "room_type_not_found": (_("There is no such kind of room."), _("Please look at the form once more.")),
    "scheduled_for_is_far_from_the_stay": (
        _("That is long before or after this guest’s stay."),
        _("Choose a time from a week before the arrival to the day after the departure."),
    ),
    "scheduled_for_is_not_in_the_stay": (
        _("That is not a time of this guest’s stay."),
        _("Choose a time while the guest is here."),
    ),
    "scheduled_for_is_past": (_("That time has passed."), ""),
    "slot_closed": (_("It is too late for that time."), _("Choose another time.")),
    "slot_full": (_("That time is full by now."), _("Choose another time.")),
    "sold_out": (_("There is not enough of that left."), ""),
    "sold_out_meanwhile": (
        _("Somebody else has ordered it meanwhile."),
        _("Add to the stock, or ask the guest to order something else."),
    ),
    "stay_is_over": (_("This stay is over."), ""),
    "subtype_unknown": (_("Say which of them it is."), ""),
    "tax_code_missing": (
        _("No tax is set for this kind of charge."),
        _("A manager sets it up under Set-up."),
    ),
    "total_changed": (
        _("The prices have changed since you looked."),
        _("Please look at the form once more."),
    ),
    "twin_in_flight": (_("The same is being done this very moment."), _("Look again in a moment.")),
    "undo_is_over": (_("It is too late to undo this."), _("Another action can put it right.")),
    "undo_is_the_actors": (_("Only who did it can undo it."), _("Another action can put it right.")),
}


def said(refusal: Refusal | Problem, language: str) -> Said:
    """What a refusal says to a member."""
    known = SENTENCES.get(refusal.slug or "")
    if known is None:
        return in_its_own_words(refusal, language)
    sentence, advice = known
    return Said(gettext(language, sentence), gettext(language, advice) if advice else "")
