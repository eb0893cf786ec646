"""What follows a write: two outbox rows, the audit row, the event."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.peers import models as m
from tests.bench.peers.entry import Actor


def tell(
    database: Session, actor: Actor, request: m.Request, to_guest: str, to_team: str, team: str, now: datetime
) -> None:
    """The two outbox rows: the guest's message and the team's card."""
    booking = database.get_one(m.Booking, (actor.tenant_id, request.booking_id))
    channel = database.scalars(
        select(m.Team.slack_channel).where(
            m.Team.tenant_id == actor.tenant_id, m.Team.key == team, m.Team.property_id == request.property_id
        )
    ).one()
    variables = {
        "number": request.number,
        "title": request.title["en"],
        "room": booking.room_id and str(booking.room_id),
    }
    common = {
        "tenant_id": actor.tenant_id,
        "send_after": now,
        "property_id": request.property_id,
        "booking_id": booking.id,
        "request_id": request.id,
    }
    database.add_all(
        [
            m.Notification(
                **common,
                event_key=to_guest,
                channel="whatsapp",
                recipient=booking.guest.phone,
                template_key=to_guest,
                variables=variables | {"guest": booking.guest.first_name},
                dedupe_key=f"guest:{to_guest}:{request.id}:{request.status}",
            ),
            m.Notification(
                **common,
                event_key=to_team,
                channel="slack",
                recipient=channel,
                variables=variables,
                dedupe_key=f"team:{to_team}:{request.id}:{request.status}",
            ),
        ]
    )


def record(
    database: Session,
    actor: Actor,
    request: m.Request,
    operation: str,
    old: dict[str, Any] | None,
    new: dict[str, Any],
    now: datetime,
) -> None:
    """The audit row."""
    database.add(
        m.Audit(
            tenant_id=actor.tenant_id,
            table_name="requests",
            row_key={"id": str(request.id)},
            operation=operation,
            old_values=old,
            new_values=new,
            db_role=actor.kind,
            actor_id=actor.id,
            actor_name=actor.name,
            session_id=actor.session_id,
            command="peer",
            at=now,
        )
    )


def emit(database: Session, request: m.Request, topic: str, payload: dict[str, Any], now: datetime) -> None:
    """The event."""
    database.add(
        m.Event(
            tenant_id=request.tenant_id,
            topic=topic,
            property_id=request.property_id,
            booking_id=request.booking_id,
            request_id=request.id,
            entity="request",
            entity_id=request.id,
            payload=payload,
            at=now,
        )
    )
