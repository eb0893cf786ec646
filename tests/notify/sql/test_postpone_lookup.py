"""app.postpone_lookup: the provider could not be asked."""

import pytest

from functions.notify.messages import Unknown
from tests.notify.ledger import Ledger

POSTPONE = "select app.postpone_lookup(%s, %s, %s)"


def test_it_is_asked_again_later_and_no_look_up_is_used_up(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.try_one(Unknown("no_answer", "ReadTimeoutError"))
    [(lookup, _)] = ledger.outbox.claim_lookups(1)
    ledger.outbox.connection.execute(POSTPONE, (ledger.tenant, notification, lookup.number))
    row = ledger.row(notification)
    assert (row["state"], row["lookup_count"], row["lookup_failure_count"]) == ("unknown", 0, 1)
    assert row["next_lookup_at"] is not None


def test_an_older_number_no_longer_counts(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.try_one(Unknown("no_answer", "ReadTimeoutError"))
    [(old, _)] = ledger.outbox.claim_lookups(1)
    ledger.time_passes()
    ledger.outbox.claim_lookups(1)
    before = ledger.row(notification)
    ledger.outbox.connection.execute(POSTPONE, (ledger.tenant, notification, old.number))
    assert ledger.row(notification) == before


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine"])
def test_only_the_worker_calls_it(ledger: Ledger, role: str) -> None:
    function = "app.postpone_lookup(uuid, uuid, integer)"
    assert not ledger.value("select has_function_privilege(%s, %s, 'execute')", role, function)
