"""api.lift_suppression: who asked for it is written to again, and it is known how, and who heard it."""

from typing import Any

import pytest

from tests.notify.ledger import GUEST_PHONE, Ledger
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, Refused, World

MAIL = "kenji@guests.example"


@pytest.fixture
def world(ledger: Ledger) -> World:
    return World(ledger.conn)


def suppressed(ledger: Ledger, reason: str, address: str = GUEST_PHONE) -> Any:
    ledger.as_engine("select app.suppress_address(app.tenant_id(), %s, %s, 'STOP', '{}')", address, reason)
    return ledger.value("select id from notify.suppressions where reason = %s", reason)


def lift(world: World, suppression: Any, how: str | None = "by_phone", email: str = MANAGER) -> Any:
    with world.member(email) as member:
        return member.value("select api.lift_suppression(%s, %s)", suppression, how)


def holds_back(ledger: Ledger) -> Any:
    """Why a message to the guest's phone would not leave."""
    return ledger.value("select (app.why_held_back(n)).reason from public.notification_log n limit 1")


def test_who_said_stop_and_asks_again_is_written_to(ledger: Ledger, world: World) -> None:
    suppression = suppressed(ledger, "stop")
    ledger.queue()
    assert holds_back(ledger) == "suppressed_by_stop"
    assert lift(world, suppression)["lifted"] is True
    assert holds_back(ledger) is None
    assert lift(world, suppression)["lifted"] is False
    proof = "select source, proof ->> 'how', proof ->> 'by' from notify.consents order by id desc limit 1"
    assert world.rows(proof)[0][:2] == ("staff", "by_phone")
    log = "select actor_name, new_values ->> 'lifted_how', new_values::text from public.audit_log"
    [entry] = world.rows(f"{log} where table_name = 'notify.suppressions'")
    assert entry[0]
    assert entry[1] == "by_phone"
    assert GUEST_PHONE[1:] not in entry[2]


def test_marketing_needs_a_consent_of_its_own(ledger: Ledger, world: World) -> None:
    lift(world, suppressed(ledger, "stop"))
    ledger.conn.execute("update notify.templates set category = 'marketing'")
    ledger.queue()
    assert holds_back(ledger) == "no_consent_to_marketing"


def test_a_mailbox_that_is_there_again(ledger: Ledger, world: World) -> None:
    assert lift(world, suppressed(ledger, "bounce", MAIL), "in_writing")["lifted"] is True
    assert ledger.value("select count(*) from notify.consents where source = 'staff'") == 0


@pytest.mark.parametrize("reason", ["provider", "provider_marketing"])
def test_what_the_provider_refuses_the_hotel_cannot_lift(ledger: Ledger, world: World, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        lift(world, suppressed(ledger, reason))
    assert refused.value.slug == "suppression_is_the_providers"


@pytest.mark.parametrize(
    ("email", "how", "slug"),
    [
        (MANAGER, None, "input_invalid"),
        (MANAGER, "by_magic", "input_invalid"),
        (STRANGER, "by_phone", "suppression_not_found"),
        (RECEPTION, "by_phone", None),
        (HOUSEKEEPER, "by_phone", None),
    ],
)
def test_it_is_a_managers_decision_with_a_proof(
    ledger: Ledger, world: World, email: str, how: str | None, slug: str | None
) -> None:
    suppression = suppressed(ledger, "stop")
    with pytest.raises(Refused) as refused:
        lift(world, suppression, how, email)
    assert (refused.value.slug or None) == slug
    assert ledger.value("select lifted_at from notify.suppressions where id = %s", suppression) is None


def test_suppressions_are_listed_with_who_is_known_under_them(ledger: Ledger, world: World) -> None:
    suppressed(ledger, "stop")
    suppressed(ledger, "bounce", "nobody@guests.example")
    with world.member(MANAGER) as manager:
        listed = manager.value("select api.suppressions()")
    assert [(each["reason"], each["guests"], each["may_be_lifted"]) for each in listed] == [
        ("bounce", [], True),
        ("stop", ["Kenji Marutani"], True),
    ]
    assert GUEST_PHONE not in str(listed)
    with world.member(STRANGER) as stranger:
        assert stranger.value("select api.suppressions()") == []
