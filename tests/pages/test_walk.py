"""The main job, end to end: a guest's requests, from the link in the message to the folio."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from functions.cli.links import links
from tests.pages.browser import PHONE, Screen, screen
from tests.pages.walk import (
    MEMBER,
    WISHES,
    WITHIN_A_SECOND,
    Folio,
    Phones,
    Reception,
    Sent,
    Walker,
    Workflow,
)
from tests.stack import Stack
from tests.world import World

WIDE = (1440, 900)
Size = tuple[int, int]
Charge = tuple[str, str, dict[str, str]]


@dataclass(frozen=True)
class Cast:
    """Whose walk it is, and what the bill says in the end: net, gross and taxes by request type."""

    guest: str
    phone: str
    language: str
    house: str
    room: str
    leaves_at: str
    at_hand: Size
    at_desk: Size
    overtaken: str
    bill: dict[str, Charge]
    wants: tuple[str, ...]
    receipt: tuple[str, str]
    """What the sandwich's receipt names: the sandwich and its price, tax and all."""


MARUTANI = Cast(
    guest="Kenji Marutani",
    phone="+12025550101",
    language="en",
    house="Hamsun FSL",
    room="Room G06",
    leaves_at="12:00",
    at_hand=PHONE,
    at_desk=WIDE,
    overtaken="Nuria was first: New → Acknowledged",
    bill={
        "kitchen_fnb": ("1594.83", "1850", {"GST": "255.17"}),
        "mini_shop": ("215.52", "250", {"GST": "34.48"}),
        "airport_transport": ("3879.31", "4500", {"GST": "620.69"}),
    },
    wants=("housekeeping", "maintenance", "concierge", "kitchen_fnb", "mini_shop", "airport_transport"),
    receipt=("Club sandwich", "1,850"),
)
MOREAU = Cast(
    guest="Claire Moreau",
    phone="+12025550126",
    language="es",
    house="Hamsun Extremadura",
    room="Habitación 3",
    leaves_at="11:00",
    at_hand=PHONE,
    at_desk=WIDE,
    overtaken="Nuria se adelantó: Nueva → Recibida",
    bill={
        "kitchen_fnb": ("14", "15.40", {"IVA": "1.40"}),
        "airport_transport": ("45", "49.50", {"IVA": "4.50"}),
    },
    wants=("housekeeping", "maintenance", "kitchen_fnb", "airport_transport"),
    receipt=("Sándwich club", "15,40"),
)
NOVAK = Cast(
    guest="Karel Novak",
    phone="+12025550123",
    language="en",
    house="Hamsun Clifton",
    room="Room 11",
    leaves_at="12:00",
    at_hand=WIDE,
    at_desk=PHONE,
    overtaken="Nuria was first: New → Acknowledged",
    bill={
        "kitchen_fnb": ("1850", "2183", {"GST": "296", "LEVY": "37"}),
        "mini_shop": ("250", "295", {"GST": "40", "LEVY": "5"}),
    },
    wants=("housekeeping", "kitchen_fnb", "mini_shop"),
    receipt=("Club sandwich", "2,183"),
)


@dataclass
class Walk:
    """Everybody at their screens."""

    cast: Cast
    guest: Walker
    desk: Reception
    colleague: Reception
    phones: Phones
    folio: Folio

    def screens(self) -> list[Screen]:
        return [self.guest.screen, self.desk.screen, self.colleague.screen, self.phones.screen]


@contextmanager
def walk_of(cast: Cast, stack: Stack, browser: Browser) -> Iterator[Walk]:
    """A guest on a device that was never seen, two members of reception, and the sandbox beside them."""
    link = next(each for each in links(stack.settings) if each.guest == cast.guest)
    names = {name: f"{name.lower()}-{uuid4().hex[:8]}@hamsun.example" for name in ("Nuria", "Pau")}
    with stack.connect() as conn:
        for name, email in names.items():
            World(conn).rows(MEMBER, email, name, cast.language)
    with (
        screen(browser, size=cast.at_hand, language=cast.language) as at_hand,
        screen(browser, size=cast.at_desk) as at_desk,
        screen(browser, size=cast.at_desk, scripts=False) as beside,
        screen(browser, size=WIDE, language=cast.language) as phones,
    ):
        walk = Walk(
            cast,
            Walker(at_hand, stack.url, link.guest),
            Reception(at_desk, stack.url),
            Reception(beside, stack.url),
            Phones(phones, stack),
            Folio(stack),
        )
        for member, email in zip((walk.desk, walk.colleague), names.values(), strict=True):
            member.go(f"/dev/sign-in?as={email}")
        walk.desk.is_live()
        walk.guest.page.goto(link.url)
        yield walk


@pytest.mark.parametrize(
    "cast",
    [
        pytest.param(MARUTANI, id="phone"),
        pytest.param(MOREAU, id="spanish", marks=pytest.mark.long),
        pytest.param(NOVAK, id="desk", marks=pytest.mark.long),
    ],
)
def test_from_the_link_to_the_folio(cast: Cast, stack: Stack, chromium: Browser) -> None:
    with walk_of(cast, stack, chromium) as walk:
        the_link_opens_the_stay(walk)
        sent = all_is_asked_for(walk)
        who_comes_second_is_told(walk, sent[0])
        for each in sent:
            it_is_seen_through(walk, each)
        everybody_was_told(walk, sent)
        the_folio_holds_each_charge_once(walk, sent)
        assert [shown.faults for shown in walk.screens()] == [[], [], [], []]


def the_link_opens_the_stay(walk: Walk) -> None:
    """Name, room, property, check-out, and the cards of the state; the code is gone from the address."""
    guest, cast = walk.guest, walk.cast
    hero = expect(guest.page.locator("header.hero"))
    for words in (cast.guest.split()[0], cast.room, cast.house, cast.leaves_at):
        hero.to_contain_text(words)
    expect(guest.page.locator("html")).to_have_attribute("lang", cast.language)
    for wish in WISHES:
        tile = guest.page.locator(f'a.tile[href="/portal/request/{wish.slug}"]')
        expect(tile).to_contain_text(Workflow(wish.slug).type["guest_label"][cast.language])
    assert guest.page.url == f"{guest.home}/"
    assert guest.screen.problems() == []


def all_is_asked_for(walk: Walk) -> list[Sent]:
    """Each wish is in the inbox within a second, without a reload; the last name is asked once."""
    guest, desk = walk.guest, walk.desk
    desk.page.evaluate("window.stayed = true")
    sent: list[Sent] = []
    times_asked = 0
    for wish in WISHES:
        if wish.slug not in walk.cast.wants:
            continue
        guest.asks_for(wish)
        who = guest.page.locator("#last_name")
        expect(who.or_(guest.page.locator("#request"))).to_be_visible()
        if who.is_visible():
            times_asked += 1
            assert wish.slug == "kitchen_fnb"
            assert guest.screen.problems() == []
            guest.says_the_last_name()
        sent.append(guest.sees_it_sent(wish))
        expect(desk.row(sent[-1].id)).to_be_visible(timeout=WITHIN_A_SECOND)
        expect(desk.row(sent[-1].id)).to_contain_text(sent[-1].number)
    assert times_asked == 1
    assert desk.page.evaluate("window.stayed") is True
    assert desk.screen.problems() == []
    for each in sent:
        expect(guest.card(each)).to_be_visible()
    return sent


def who_comes_second_is_told(walk: Walk, towels: Sent) -> None:
    """A button that somebody else has overtaken says who did what, and how it stands."""
    walk.colleague.visits(towels.id)
    walk.desk.opens(towels.id)
    walk.desk.page.locator("#act-acknowledge").click()
    state = Workflow("housekeeping").status("acknowledge", walk.cast.language)
    expect(walk.desk.status()).to_have_text(state)
    walk.colleague.page.locator("#act-acknowledge").click()
    expect(walk.colleague.page.get_by_role("alert")).to_contain_text(walk.cast.overtaken)
    expect(walk.colleague.status()).to_have_text(state)
    walk.desk.returns()


def it_is_seen_through(walk: Walk, sent: Sent) -> None:
    """The workflow's own buttons, one after the other; the guest's page follows each by itself."""
    guest, desk, language = walk.guest, walk.desk, walk.cast.language
    flow = Workflow(sent.wish.slug)
    guest.page.evaluate("window.stayed = true")
    desk.opens(sent.id)
    for action in sent.wish.moves[1 if sent.wish.slug == "housekeeping" else 0 :]:
        button = desk.page.locator(f"#act-{action}")
        expect(button).to_contain_text(flow.button(action, language))
        button.click()
        if action in sent.wish.answers:
            expect(desk.form()).to_have_attribute("data-action", action)
            if action == "assign_driver":
                assert desk.screen.problems() == []
                desk.sends_form()
                expect(desk.form().locator("[aria-invalid=true]")).to_have_count(1)
            desk.answers(sent.wish.answers[action])
        expect(desk.status()).to_have_text(flow.status(action, language))
        chip = guest.card(sent).locator(".chip")
        expect(chip).to_have_text(flow.status(action, language, guest=True))
    assert guest.page.evaluate("window.stayed") is True
    desk.returns()


def everybody_was_told(walk: Walk, sent: list[Sent]) -> None:
    """The team in its channel; the guest by an acknowledgement, the end, and a receipt for what costs."""
    phones, cast = walk.phones, walk.cast
    for each in sent:
        phones.opens(f"slack:#{each.wish.team}-{each.number.partition('-')[0].lower()}")
        phones.got(each.number)
    assert phones.screen.violations() == []
    phones.opens(f"whatsapp:{cast.phone}")
    for each in sent:
        phones.got(cast.guest.split()[0], each.number)
        told = phones.templates(cast.phone, each.number)
        for template in ("request_received", "request_done"):
            assert (f"staybase_{template}_{cast.language}", cast.language) in told
    phones.got(f"staybase_folio_charge_posted_{cast.language}", *cast.receipt)
    assert phones.screen.violations() == []


def the_folio_holds_each_charge_once(walk: Walk, sent: list[Sent]) -> None:
    """Over REST to the cent, and on the guest's page."""
    for each in sent:
        expected = walk.cast.bill.get(each.wish.slug)
        charges = [] if expected is None else [as_numbers(expected)]
        assert (each.wish.slug, walk.folio.charges(each)) == (each.wish.slug, charges)
    [folio] = walk.folio.rows("folios", booking_id=f"eq.{booking_of(walk, sent[0])}")
    of_it = walk.folio.rows("charges", folio_id=f"eq.{folio['id']}")
    assert Decimal(str(folio["gross"])) == sum(Decimal(str(charge["gross"])) for charge in of_it)
    guest = walk.guest
    guest.page.locator('a[href="/portal/charges"]').click()
    for each in sent:
        lines = guest.page.locator("#charges .charge", has_text=each.number)
        expect(lines).to_have_count(1 if each.wish.slug in walk.cast.bill else 0)
    assert guest.screen.problems() == []


def booking_of(walk: Walk, sent: Sent) -> str:
    [request] = walk.folio.rows("requests", id=f"eq.{sent.id}")
    return str(request["booking_id"])


def as_numbers(charge: Charge) -> tuple[Decimal, Decimal, dict[str, Decimal]]:
    net, gross, taxes = charge
    return Decimal(net), Decimal(gross), {code: Decimal(amount) for code, amount in taxes.items()}
