"""Who takes part in a walk: a guest, the desk and the sandbox; and what the house's own seeds promise."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Locator, Page, expect

from tests.pages.browser import Screen
from tests.pages.inbox.desk import Member
from tests.pages.portal.guest import Guest
from tests.stack import Stack

WORKFLOWS = Path(__file__).parents[2] / "seeds" / "reference" / "workflows"
WITHIN_A_SECOND = 1000

MEMBER = """
with house as (
  select id from public.tenants where slug = 'hamsun'
), person as (
  insert into identity.users (email) values (%s) returning id
), belongs as (
  insert into identity.memberships (tenant_id, user_id, display_name, session_type, language)
  select house.id, person.id, %s, 'staff', %s from house, person
  returning tenant_id, id
)
insert into identity.membership_roles (tenant_id, membership_id, role_id)
select belongs.tenant_id, belongs.id, job.id
from belongs
join identity.roles as job on job.tenant_id = belongs.tenant_id and job.key = 'RECEPTION'
returning role_id
"""


@dataclass(frozen=True)
class Wish:
    """One thing to ask for, and how the desk sees it through: `answers` are the inputs of an action."""

    slug: str
    team: str
    takes: dict[str, int] = field(default_factory=dict)
    subtype: str = ""
    note: str = ""
    at: str = ""
    moves: tuple[str, ...] = ()
    answers: dict[str, dict[str, str]] = field(default_factory=dict)


WISHES = (
    Wish("housekeeping", "housekeeping", {"towel": 2}, moves=("acknowledge", "complete")),
    Wish(
        "maintenance",
        "maintenance",
        subtype="ac_heating",
        note="It hums",
        moves=("triage", "assign", "start", "complete"),
        answers={"triage": {"severity": "urgent"}, "assign": {"assignee": "Bilal"}},
    ),
    Wish(
        "concierge",
        "concierge",
        subtype="info_request",
        note="Is there a gym?",
        moves=("acknowledge", "start", "complete"),
    ),
    Wish(
        "kitchen_fnb",
        "kitchen",
        {"club_sandwich": 1},
        moves=("confirm", "prepare", "mark_ready", "deliver"),
    ),
    Wish("mini_shop", "reception", {"cola": 1, "water": 1}, moves=("confirm", "deliver")),
    Wish(
        "airport_transport",
        "transport",
        subtype="airport_pickup",
        at=f"{datetime.now(UTC).date() + timedelta(days=1)}T06:10",
        moves=("schedule", "assign_driver", "depart", "complete"),
        answers={"schedule": {}, "assign_driver": {"driver": "Asif"}, "complete": {}},
    ),
)


@dataclass(frozen=True)
class Sent:
    """A wish as it was sent."""

    wish: Wish
    id: str
    number: str


class Workflow:
    """What the seeds say of a request type."""

    def __init__(self, slug: str) -> None:
        self.type = json.loads((WORKFLOWS / f"{slug}.json").read_text())

    def button(self, action: str, language: str) -> str:
        return str(self.type["workflow"]["actions"][action]["label"][language])

    def status(self, action: str, language: str, *, guest: bool = False) -> str:
        """How the status that an action leads to is called, at the desk or by the guest."""
        flow = self.type["workflow"]
        status = flow["statuses"][flow["actions"][action]["to"]]
        labels = status.get("guest_label", status["label"]) if guest else status["label"]
        return str(labels[language])


class Walker(Guest):
    """The guest: asks by skus and keys, which are the same in every language."""

    def asks_for(self, wish: Wish) -> None:
        self.page.locator(f'a.tile[href="/portal/request/{wish.slug}"]').click()
        for sku, times in wish.takes.items():
            for _ in range(times):
                self.page.locator(f'button[name=step][value="+{sku}"]').click()
        if wish.subtype:
            self.page.locator(f'input[value="{wish.subtype}"]').check(force=True)
        if wish.at:
            self.page.locator("input[type=datetime-local]").fill(wish.at)
        if wish.note:
            self.notes(wish.note)
        self.sends()

    def says_the_last_name(self) -> None:
        self.page.locator("#last_name").fill(self.last_name)
        self.sends()

    def sees_it_sent(self, wish: Wish) -> Sent:
        self.page.wait_for_url("**/portal/requests/*?sent=1")
        number = self.page.locator("#request .chip").inner_text()
        found = Sent(wish, self.page.url.rpartition("/")[2].partition("?")[0], number)
        self.page.locator("a.up").click()
        return found

    def card(self, sent: Sent) -> Locator:
        return self.page.locator(f"#card-{sent.id}")


@dataclass(frozen=True)
class Reception(Member):
    """The desk, on a screen of any size."""

    def returns(self) -> None:
        """Back to the list, where the screen shows only one of the two."""
        back = self.page.locator("#head .back")
        if back.is_visible():
            back.click()
            self.is_live()

    def answers(self, given: dict[str, str]) -> None:
        """Fills the form of an action; what it knows already stays."""
        for name, value in given.items():
            control = self.form().locator(f"[name={name}]")
            if control.evaluate("each => each.tagName") != "SELECT":
                control.fill(value)
            elif control.locator(f'option[value="{value}"]').count():
                control.select_option(value)
            else:
                control.select_option(label=value)
        self.sends_form()


@dataclass(frozen=True)
class Phones:
    """The sandbox: what guests' phones and the teams' channels got."""

    screen: Screen
    stack: Stack

    @property
    def page(self) -> Page:
        return self.screen.page

    def opens(self, chat: str) -> None:
        self.page.goto(f"{self.stack.url}/sandbox?chat={chat.replace('#', '%23').replace('+', '%2B')}")

    def got(self, *said: str) -> None:
        """Waits until one message of the conversation says all of this."""
        message = self.page.locator("#thread > *")
        for words in said:
            message = message.filter(has_text=words)
        expect(message).not_to_have_count(0)

    def templates(self, phone: str, number: str) -> set[tuple[str, str]]:
        """Which templates about a request a phone got, in which language."""
        answer = httpx2.get(f"{self.stack.url}/sandbox/messages", params={"to": phone, "channel": "whatsapp"})
        return {
            (message["template"], message["language"])
            for message in answer.json()
            if number in message["variables"].values() or number in message["body"]
        }


@dataclass(frozen=True)
class Folio:
    """The books over REST, as a member reads them."""

    stack: Stack

    def rows(self, view: str, **where: str) -> list[dict[str, Any]]:
        answer = httpx2.get(
            f"{self.stack.url}/rest/v1/{view}",
            params=where,
            headers={"Authorization": f"Bearer {self.stack.token()}"},
        )
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json()
        return rows

    def charges(self, sent: Sent) -> list[tuple[Decimal, Decimal, dict[str, Decimal]]]:
        """Net, gross and the taxes by their code of each charge of a request."""
        return [
            (
                Decimal(str(charge["net"])),
                Decimal(str(charge["gross"])),
                {
                    tax["code"]: Decimal(str(tax["amount"]))
                    for tax in self.rows("charge_taxes", charge_id=f"eq.{charge['id']}")
                },
            )
            for charge in self.rows("charges", request_id=f"eq.{sent.id}")
        ]
