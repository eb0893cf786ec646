"""Messages as the ledger hands them to a channel."""

import uuid
from dataclasses import replace
from typing import Any

from functions.notify.messages import Message

TEMPLATE = [
    {"name": "guest_first_name", "type": "text", "sample": "Ana"},
    {"name": "request_title", "type": "text", "sample": "2 × Towels"},
    {"name": "portal_url", "type": "url", "sample": "https://stay.example/?c=A4B7K2"},
]
BODY = "Dear {{guest_first_name}}, “{{request_title}}” is done. {{portal_url}} Good night."


def whatsapp(**different: Any) -> Message:
    """A template message to a guest."""
    return replace(
        Message(
            tenant_id=uuid.uuid4(),
            id=uuid.uuid4(),
            fence=1,
            channel="whatsapp",
            event_key="request_done",
            recipient="+12025550101",
            language="en",
            variables={"guest_first_name": "Ana", "request_title": "2 × Towels"},
            sender="+12025550180",
            portal_code="A4B7K2",
            content_name="staybase_request_done",
            content_id=None,
            subject=None,
            body=BODY,
            template_variables=TEMPLATE,
            is_free_text=False,
            lease_left=30.0,
        ),
        **different,
    )


def slack(variables: dict[str, Any] | None = None, **different: Any) -> Message:
    """A card for a team."""
    said = {
        "number": "FSL-1042",
        "title": "2 × Towels",
        "type_label": "Housekeeping",
        "room_number": "G06",
        "property_code": "FSL",
        "property_name": "Hamsun FSL",
        "guest_name": "Ana Marutani",
    }
    return whatsapp(
        **{
            "channel": "slack",
            "event_key": "request_received",
            "recipient": "#kitchen-fsl",
            "variables": said | (variables or {}),
            "content_name": None,
            "body": None,
            "template_variables": None,
            "portal_code": None,
            **different,
        }
    )
