"""Twilio's Messages: create, list, fetch, with its refusals."""

import base64
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from functions.sandbox.call import Call, whole
from functions.sandbox.callbacks import Callbacks
from functions.sandbox.content import BadVariables, Templates
from functions.sandbox.credentials import Credentials
from functions.sandbox.messages import Message, Messages, instant, microseconds
from functions.sandbox.switches import Subject, Switchboard, plain
from functions.sandbox.twilio_refusals import Refused
from functions.sandbox.windows import Windows

VERSION = "2010-04-01"
ADDRESS = re.compile(r"(whatsapp:)?\+[1-9]\d{6,14}")
NOTIFICATION = re.compile(r"/whatsapp-status/([0-9a-fA-F-]{36})/([0-9a-fA-F-]{36})(?:[/?#]|$)")
MEDIA = re.compile(r"/(SM|MM)[0-9a-f]{32}/Media/[0-9]{1,2}")
LONGEST_BODY = 1600
LARGEST_PAGE = 1000
A_SECOND = 1_000_000


@dataclass
class TwilioMessages:
    """The Messages resource of the sandbox's one account."""

    credentials: Credentials
    messages: Messages
    templates: Templates
    windows: Windows
    switchboard: Switchboard
    callbacks: Callbacks

    def __post_init__(self) -> None:
        pair = f"{self.credentials.account_sid}:{self.credentials.auth_token}"
        self._authorization = b"Basic " + base64.b64encode(pair.encode())
        self._base = f"/{VERSION}/Accounts/{self.credentials.account_sid}/Messages"

    def authenticate(self, call: Call) -> None:
        if not secrets.compare_digest(call.header(b"authorization"), self._authorization):
            raise Refused(20003)

    async def answer(self, call: Call) -> None:
        """Routes one call below `/2010-04-01/`."""
        try:
            self.authenticate(call)
            if not call.path.startswith(self._base):
                raise Refused(20404)
            rest = call.path[len(self._base) :]
            if rest == ".json" and call.method == "POST":
                await self._create(call)
            elif rest == ".json" and call.method == "GET":
                await self._list(call)
            elif MEDIA.fullmatch(rest) and call.method == "GET":
                await self._media(call, rest)
            elif rest.startswith("/SM") and rest.endswith(".json") and call.method == "GET":
                await self._fetch(call, rest[1:-5])
            else:
                raise Refused(20404)
        except Refused as refusal:
            await call.answer(refusal.status, refusal.payload, refusal.headers)

    def _meet_switches(self, subject: Subject) -> None:
        if not self.switchboard.switches:
            return
        switch = self.switchboard.take(subject, "door")
        if switch is None:
            return
        if switch.action == "throttle":
            raise Refused(20429, retry_after=switch.retry_after)
        raise Refused(int(switch.code or 20500), switch.status)

    async def _create(self, call: Call) -> None:
        form = await call.form()
        to = form.get("To", "")
        callback = form.get("StatusCallback") or None
        known = NOTIFICATION.search(callback) if callback else None
        subject = Subject("twilio", "create", frozenset((plain(to),)), to, known[2] if known else None)
        self._meet_switches(subject)
        sender, body, detail = self._check(form, to, callback)
        await self.switchboard.pass_point(call, subject, "before_accept")

        message = Message(
            provider_id="SM" + secrets.token_hex(16),
            channel="whatsapp" if to.startswith("whatsapp:") else "sms",
            recipient=to.removeprefix("whatsapp:"),
            sender=sender.removeprefix("whatsapp:"),
            body=body,
            at=microseconds(),
            status="queued",
            notification_id=known[2].lower() if known else None,
            tenant_id=known[1].lower() if known else None,
            callback=callback,
            detail=detail,
        )
        self.messages.add(message)
        self.callbacks.follow(message, subject, self._is_refused_later(message))
        subject.provider_id = message.provider_id
        answer = self.represent(message)
        await self.switchboard.pass_point(call, subject, "after_accept")
        await call.answer(201, answer)

    def _is_refused_later(self, message: Message) -> int | None:
        """Free text outside the window is accepted and fails afterwards, as on the real platform."""
        if message.channel != "whatsapp" or message.detail is not None:
            return None
        is_open = self.windows.is_open(message.sender, message.recipient, message.at / A_SECOND)
        return None if is_open else 63016

    def _check(
        self, form: dict[str, str], to: str, callback: str | None
    ) -> tuple[str, str, dict[str, Any] | None]:
        """The sender, the text as it will be read, and what is known of its template; or a refusal."""
        if not to:
            raise Refused(21604)
        if not ADDRESS.fullmatch(to):
            raise Refused(21211)
        sender = form.get("From") or form.get("MessagingServiceSid", "")
        if not sender:
            raise Refused(21603)
        if form.get("From"):
            if not ADDRESS.fullmatch(sender):
                raise Refused(21212)
            if sender.startswith("whatsapp:") != to.startswith("whatsapp:"):
                raise Refused(21910)
        if callback and (
            urlsplit(callback).scheme not in ("http", "https") or not urlsplit(callback).hostname
        ):
            raise Refused(21609)
        content_sid = form.get("ContentSid")
        if content_sid:
            return (sender, *self._render(content_sid, form.get("ContentVariables", "")))
        if form.get("ContentVariables"):
            raise Refused(21654)
        body = form.get("Body", "")
        if not body and not form.get("MediaUrl"):
            raise Refused(21619)
        if len(body) > LONGEST_BODY:
            raise Refused(21617)
        return sender, body, None

    def _render(self, content_sid: str, variables: str) -> tuple[str, dict[str, Any]]:
        template = self.templates.find(content_sid)
        if template is None:
            raise Refused(21655)
        try:
            body, buttons, values = template.render(variables)
        except BadVariables as bad:
            raise Refused(bad.code) from None
        if len(body) > LONGEST_BODY:
            raise Refused(21617)
        return body, {
            "template": template.friendly_name,
            "template_sid": template.sid,
            "language": template.language,
            "variables": values,
            "buttons": buttons,
        }

    async def _fetch(self, call: Call, provider_id: str) -> None:
        await call.body()
        subject = Subject(
            "twilio", "lookup", frozenset((provider_id.lower(),)), provider_id, None, provider_id
        )
        self._meet_switches(subject)
        await self.switchboard.pass_point(call, subject, "before_accept")
        message = self.messages.find(provider_id)
        if message is None or message.channel not in ("whatsapp", "sms"):
            raise Refused(20404)
        await call.answer(200, self.represent(message))

    async def _media(self, call: Call, rest: str) -> None:
        await call.body()
        _, provider_id, _, place = rest.split("/")
        message = self.messages.find(provider_id)
        file = self.messages.file(message.n, int(place)) if message else None
        if file is None:
            raise Refused(20404)
        await call.answer_file(file[1], file[2])

    async def _list(self, call: Call) -> None:
        await call.body()
        query = call.parameters()
        to = query.get("To", "")
        subject = Subject("twilio", "lookup", frozenset((plain(to),)), to)
        self._meet_switches(subject)
        await self.switchboard.pass_point(call, subject, "before_accept")

        where, values = self._filter(query)
        size = min(max(whole(query.get("PageSize"), 50), 1), LARGEST_PAGE)
        page = max(whole(query.get("Page"), 0), 0)
        found = self.messages.select(where, values, limit=size + 1, offset=page * size)
        shown = found[:size]

        def address(number: int) -> str:
            kept = {
                key: value for key, value in query.items() if key not in ("Page", "PageToken", "PageSize")
            }
            return f"{self._base}.json?{urlencode({**kept, 'PageSize': size, 'Page': number})}"

        await call.answer(
            200,
            {
                "messages": [self.represent(message) for message in shown],
                "page": page,
                "page_size": size,
                "start": page * size,
                "end": page * size + max(len(shown) - 1, 0),
                "uri": address(page),
                "first_page_uri": address(0),
                "next_page_uri": address(page + 1) if len(found) > size else None,
                "previous_page_uri": address(page - 1) if page else None,
            },
        )

    def _filter(self, query: dict[str, str]) -> tuple[str, list[Any]]:
        """A condition of the store for To, From and DateSent (a day, or from and until, both inclusive)."""
        conditions, values = ["channel in ('whatsapp', 'sms') and is_inbound = 0"], list[Any]()
        for parameter, column in (("To", "recipient"), ("From", "sender")):
            if query.get(parameter):
                channel = "whatsapp" if query[parameter].startswith("whatsapp:") else "sms"
                conditions.append(f"{column} = ? and channel = ?")
                values += [query[parameter].removeprefix("whatsapp:"), channel]
        day = moment(query.get("DateSent"))
        since = moment(query.get("DateSent>")) or day
        until = moment(query.get("DateSent<"))
        if since:
            conditions.append("at >= ?")
            values.append(since)
        if day:
            conditions.append("at < ?")
            values.append(day + 24 * 60 * 60 * A_SECOND)
        if until:
            conditions.append("at < ?")
            values.append(until + A_SECOND)
        return " and ".join(conditions), values

    def represent(self, message: Message) -> dict[str, Any]:
        """A message as Twilio shows it; it never gives the callback's address back."""
        prefix = "whatsapp:" if message.channel == "whatsapp" else ""
        created = format_datetime(instant(message.at))
        uri = f"{self._base}/{message.provider_id}"
        return {
            "account_sid": self.credentials.account_sid,
            "api_version": VERSION,
            "body": message.body,
            "date_created": created,
            "date_sent": None if message.status == "queued" else created,
            "date_updated": format_datetime(instant(message.updated_at)),
            "direction": "outbound-api",
            "error_code": message.error_code,
            "error_message": None,
            "from": prefix + message.sender,
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": "USD",
            "sid": message.provider_id,
            "status": message.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": prefix + message.recipient,
            "uri": f"{uri}.json",
        }


def moment(text: str | None) -> int | None:
    """Microseconds of an ISO date or instant; None for nothing, and for what is neither."""
    try:
        parsed = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if parsed is None:
        return None
    return int(parsed.replace(tzinfo=parsed.tzinfo or UTC).timestamp()) * A_SECOND
