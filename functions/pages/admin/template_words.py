"""What people call the messages, and what can be wrong with their words."""

from typing import Final

from functions.pages.base.marking import marked as _

TITLES: Final = {
    "welcome_with_portal": _("Welcome, when a booking is confirmed"),
    "booking_confirmation": _("Confirmation of a booking"),
    "checkin_welcome_cleaning_opt_in": _("Welcome at check-in, with the question of daily cleaning"),
    "request_received": _("A request was received"),
    "request_update": _("News on a request"),
    "request_done": _("A request is done"),
    "request_cancelled": _("A request will not go ahead"),
    "cleaning_done": _("The room is clean"),
    "cleaning_skip_confirmed": _("There will be no cleaning today"),
    "cleaning_pref_changed": _("Daily cleaning was switched"),
    "ride_scheduled": _("When the guest is driven"),
    "driver_assigned": _("Who drives the guest"),
    "folio_charge_posted": _("Receipt of a charge"),
    "checkout_summary": _("The bill, at check-out"),
    "invoice": _("The bill, by mail"),
    "receipt": _("The receipt of a payment, by mail"),
    "feedback_request": _("How was your stay?"),
    "cleaning_stopped": _("Daily cleaning has ended"),
    "message_waiting": _("A message waits for the guest"),
    "messages_stopped": _("Messages have ended"),
    "messages_resumed": _("Messages go on"),
    "unknown_number": _("Somebody we do not know wrote"),
    "menu_form": _("Would you like to order?"),
    "menu_reminder": _("You have not ordered yet"),
}
PROBLEMS: Final = {
    "template_not_sound": _("This text cannot be used yet. Nothing was changed."),
    "content_id_invalid": _("That is no content id of Twilio's: HX and 32 signs. Nothing was changed."),
    "variable_unknown": _("Nobody fills in {{%(what)s}}: choose one of those below."),
    "variable_missing": _("{{%(what)s}} has to stand somewhere: the provider was promised it."),
    "text_missing": _("There is no text."),
    "text_too_long": _("The text is too long: %(what)s characters."),
    "subject_missing": _("A mail needs a subject."),
    "subject_too_long": _("The subject is too long: %(what)s characters."),
    "begins_or_ends_with_variable": _(
        "WhatsApp wants words before the first and after the last variable, and between any two."
    ),
    "status_key_used": _("“%(what)s” is a word of programs. Say what guests call it."),
}
