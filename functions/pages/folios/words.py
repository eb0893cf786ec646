"""Refusals about money in the words of the front desk, by the rule's slug."""

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said
from functions.pages.base.rendering import gettext
from functions.pages.inbox import words
from functions.shared.errors import Problem

SENTENCES = {
    "charge_invalid": (
        _("The charge is not complete."),
        _("Say what it was, how many, and a price above 0."),
    ),
    "charge_is_reversed_once": (_("This charge has been reversed already."), _("This is how it stands now.")),
    "deposit_exceeded": (_("No more is left of this deposit."), ""),
    "deposit_not_settled": (
        _("A deposit is still kept."),
        _("Use it or give it back, or say in the note why the house keeps it."),
    ),
    "guest_has_no_email": (_("No e-mail address of the guest is known."), _("Print the bill instead.")),
    "folio_not_settled": (
        _("The bill is not settled."),
        _("Take what is owed, or say in the note why it stays open."),
    ),
    "nothing_to_split": (_("There is nothing to split."), ""),
    "payer_invalid": (_("Say who is billed."), ""),
    "payment_cannot_be_voided": (
        _("This can no longer be cancelled."),
        _("Only cash you took yourself today is cancelled. Give the money back instead."),
    ),
    "payment_exceeds_balance": (
        _("That is more than is owed."),
        _("Take what comes on top as a deposit."),
    ),
    "payment_exceeds_hold": (_("That is more than is held on the card."), ""),
    "payment_invalid": (_("The payment is not complete."), _("Give an amount and how it was paid.")),
    "payment_is_settled": (
        _("Something was done with this payment already."),
        _("This is how it stands now."),
    ),
    "reason_missing": (_("Please say why."), ""),
    "refund_exceeds_remainder": (_("That is more than is left of this payment."), ""),
    "split_invalid": (
        _("The shares cannot be read."),
        _("Give whole numbers from 1 on; at least one for another bill."),
    ),
}


def said(refusal: Refusal | Problem, language: str) -> Said:
    """What a refusal says to a member."""
    known = SENTENCES.get(refusal.slug or "")
    if known is None:
        return words.said(refusal, language)
    sentence, advice = known
    return Said(gettext(language, sentence), gettext(language, advice) if advice else "")
