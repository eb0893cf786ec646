"""Twilio's Content API: content templates are created, listed, fetched and removed."""

import json
from dataclasses import dataclass
from typing import Any

from functions.sandbox.call import Call
from functions.sandbox.content import Template, Templates
from functions.sandbox.twilio_messages import TwilioMessages
from functions.sandbox.twilio_refusals import Refused

BASE = "/v1/Content"
CREATED = "2026-01-01T00:00:00Z"


@dataclass
class TwilioContent:
    """The Content resource; what is created here is approved at once."""

    account: TwilioMessages
    templates: Templates

    async def answer(self, call: Call) -> None:
        """Routes one call below `/v1/Content`."""
        try:
            body = await call.body()
            self.account.authenticate(call)
            sid = call.path.removeprefix(BASE).strip("/")
            if call.method == "POST" and not sid:
                await call.answer(201, represent(self._create(body)))
            elif call.method == "GET" and not sid:
                await call.answer(200, self._list())
            elif call.method == "GET" and (template := self.templates.find(sid)):
                await call.answer(200, represent(template))
            elif call.method == "DELETE" and self.templates.remove(sid):
                await call.answer(204, None)
            else:
                raise Refused(20404)
        except Refused as refusal:
            await call.answer(refusal.status, refusal.payload, refusal.headers)

    def _create(self, body: bytes) -> Template:
        try:
            given = json.loads(body)
            types = {str(kind): dict(content) for kind, content in given["types"].items() if content}
            variables = {str(key): str(value) for key, value in (given.get("variables") or {}).items()}
            if not types:
                raise ValueError
            name = str(given.get("friendly_name") or "")
            return self.templates.register(name, str(given["language"]), variables, types)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Refused(20001) from None

    def _list(self) -> dict[str, Any]:
        contents = [represent(template) for template in self.templates.all()]
        meta = {"page": 0, "page_size": len(contents), "key": "contents", "url": BASE, "first_page_url": BASE}
        return {"contents": contents, "meta": {**meta, "next_page_url": None, "previous_page_url": None}}


def represent(template: Template) -> dict[str, Any]:
    return {
        "sid": template.sid,
        "account_sid": None,
        "friendly_name": template.friendly_name,
        "language": template.language,
        "variables": template.variables,
        "types": template.types,
        "date_created": CREATED,
        "date_updated": CREATED,
        "url": f"{BASE}/{template.sid}",
        "links": {"approval_fetch": f"{BASE}/{template.sid}/ApprovalRequests"},
    }
