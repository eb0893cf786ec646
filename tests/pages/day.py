"""A day of a stay: the clock that is moved through it, and what phone, mailbox and Slack got meanwhile."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Locator, expect

from tests.pages.walk import Phones, Reception, Sent, Walker, Wish, Workflow
from tests.stack import Stack
from tests.world import World, wait_for

TEMPLATES = Path(__file__).parents[2] / "seeds" / "reference" / "templates"
STATIONS = Path(__file__).parents[2] / "test-results" / "day"
ON_THE_WAY = (
    "select count(*) from public.notification_log"
    " where state in ('queued', 'sending', 'unknown') and send_after <= app.now()"
)
SETTING = (
    "insert into public.app_settings (tenant_id, key, value) select t.id, %s, %s from public.tenants as t"
    " on conflict on constraint setting_is_stated_once do update set value = excluded.value"
)
Heard = dict[str, int]


@dataclass(frozen=True)
class Who:
    """The guest whose stay it is."""

    first_name: str
    last_name: str
    phone: str
    email: str
    language: str
    room: str


@dataclass
class Day:
    """Everybody of the house at one time: what is done at a station, and what came of it."""

    stack: Stack
    world: World
    who: Who
    guest: Walker
    desk: Reception
    phones: Phones
    began: date
    seen: set[str] = field(default_factory=set)
    stations: int = 0

    def at(self, days: int, hour: str) -> None:
        """It is that time on the wall of the house, so many days from the first; the clock ticks once."""
        self.world.conn.execute(
            "update app.clock set shift = (%s::date + %s::time) at time zone 'Asia/Karachi' - now()",
            (self.began + timedelta(days=days), hour),
        )
        self.world.conn.execute("select app.tick()")

    def setting(self, key: str, value: str) -> None:
        self.world.conn.execute(SETTING, (key, value))

    def command(self, name: str, by: str = "reception@hamsun.example", **given: Any) -> Any:
        """What has no page yet, as a member's program says it."""
        answer = httpx2.post(
            f"{self.stack.url}/rest/v1/rpc/{name}",
            json=given,
            headers={"Authorization": f"Bearer {self.stack.token(by)}"},
            timeout=30,
        )
        assert answer.status_code < 300, answer.text
        return answer.json()

    def hears(self, **expected: Heard) -> None:
        """Since the last time exactly this has come: templates on the phone and in the mailbox, and in
        Slack how many cards of a channel name the guest or the room.
        """
        wait_for(lambda: self.world.value(ON_THE_WAY) == 0, "the last message", 30)
        found = {
            "phone": Counter(name_of(each) for each in self._new("whatsapp", self.who.phone)),
            "mail": Counter(mail_of(each) for each in self._new("email", self.who.email)),
            "slack": Counter(
                each["to"].removeprefix("#") for each in self._new("slack", None) if self._is_ours(each)
            ),
        }
        wanted = {channel: Counter(expected.get(channel, {})) for channel in found}
        assert found == wanted, found

    def _new(self, channel: str, to: str | None) -> list[dict[str, Any]]:
        asked = {"channel": channel} | ({"to": to} if to else {})
        answer = httpx2.get(f"{self.stack.url}/sandbox/messages", params=asked)
        new = [each for each in answer.json() if each["provider_id"] not in self.seen]
        self.seen.update(each["provider_id"] for each in new)
        return new

    def _is_ours(self, message: dict[str, Any]) -> bool:
        said = f"{message['body']} {message['blocks']}"
        return self.who.last_name in said or self.who.room in said

    def reads_phone(self) -> Locator:
        """The guest's phone, opened; its newest bubble."""
        self.phones.opens(f"whatsapp:{self.who.phone}")
        return self.phones.page.locator("#thread .bub").first

    def reads_slack(self, team: str) -> Locator:
        """A team's channel, opened; its newest card."""
        self.phones.opens(f"slack:#{team}-fsl")
        return self.phones.page.locator("#thread .post").first

    def writes(self, words: str, picture: bytes = b"") -> None:
        """The guest writes on the sandbox phone."""
        self.phones.opens(f"whatsapp:{self.who.phone}")
        page = self.phones.page
        page.locator("input[name=write]").fill(words)
        if picture:
            page.locator("input[name=file]").set_input_files(
                {"name": "tap.png", "mimeType": "image/png", "buffer": picture}
            )
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#thread .bub.out").first).to_contain_text(words)

    def asks(self, wish: Wish) -> Sent:
        """The guest asks, from the first page; who they are is asked once."""
        self.guest.asks_for(wish)
        who = self.guest.page.locator("#last_name")
        expect(who.or_(self.guest.page.locator("#request"))).to_be_visible()
        if who.is_visible():
            self.guest.says_the_last_name()
        return self.guest.sees_it_sent(wish)

    def takes(self, dish: str) -> None:
        """One more of it, on a form in Spanish."""
        self.guest.page.get_by_role("button", name=f"Uno más: {dish}").click()

    def moment(self, days: int, hour: str) -> str:
        """A time as a form takes it."""
        return f"{self.began + timedelta(days=days)}T{hour}"

    def newest(self, slug: str, subtype: str | None = None) -> str:
        """The stay's latest request of a type; its id."""
        asked = (
            "select r.id from portal.requests r join public.guests g on g.id = r.guest_id"
            " where g.phone = %s and r.type_slug = %s and (%s::text is null or r.subtype = %s)"
            " order by r.created_at desc, r.id desc limit 1"
        )
        wait_for(lambda: self.world.value(asked, self.who.phone, slug, subtype, subtype) is not None, slug)
        return str(self.world.value(asked, self.who.phone, slug, subtype, subtype))

    def newest_in_room(self, slug: str) -> tuple[str, str, str]:
        """Id, subtype and source of the latest request of a type about the guest's room."""
        asked = (
            "select r.id::text, r.subtype, r.source from portal.requests r"
            " join public.rooms m on m.id = r.room_id where m.room_number = %s and r.type_slug = %s"
            " order by r.created_at desc, r.id desc limit 1"
        )
        [(request_id, subtype, source)] = self.world.rows(asked, self.who.room, slug)
        return request_id, subtype, source

    def sees_through(self, slug: str, request_id: str, *actions: str, **answers: dict[str, str]) -> None:
        """The desk presses one button after the other; the guest's own page follows."""
        flow = Workflow(slug)
        self.desk.visits(request_id)
        for action in actions:
            self.desk.page.locator(f"#act-{action}").click()
            if action in answers:
                expect(self.desk.form()).to_have_attribute("data-action", action)
                self.desk.answers(answers[action])
            expect(self.desk.status()).to_have_text(flow.status(action, "en"))

    def looks(self, name: str, *whose: str) -> None:
        """Keeps a picture of the screens of a station."""
        STATIONS.mkdir(parents=True, exist_ok=True)
        self.stations += 1
        screens = {"guest": self.guest.page, "desk": self.desk.page, "phone": self.phones.page}
        for who in whose or screens:
            kept = STATIONS / f"{self.stations:02}-{name}-{who}.png"
            screens[who].screenshot(path=kept, full_page=who == "guest")


def name_of(message: dict[str, Any]) -> str:
    """What a message on the phone is: its template without the house's name and language, or free text."""
    template, language = message["template"], message["language"]
    return template.removeprefix("staybase_").removesuffix(f"_{language}") if template else "words"


def mail_of(message: dict[str, Any]) -> str:
    """Which template a mail is, by its subject."""
    for path in TEMPLATES.glob("*.json"):
        template = json.loads(path.read_text())
        for subject in template.get("subjects", {}).values():
            if re.fullmatch(re.sub(r"\{\{\w+\}\}", ".*", subject), message["subject"]):
                return str(template["key"])
    return str(message["subject"])
