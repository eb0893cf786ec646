"""The peer: one uvicorn worker, synchronous endpoints, a session a request, rules in Python."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tests.bench.peers import models as m
from tests.bench.peers.entry import Database, Row, SignedIn, row
from tests.bench.peers.following import emit, record, tell

app = FastAPI()


@app.get("/open_requests")
def open_requests(database: Database, actor: SignedIn, limit: int = 50) -> list[Row]:
    actor.require("hotel:requests:read")
    found = database.scalars(
        select(m.Request)
        .options(
            joinedload(m.Request.property),
            joinedload(m.Request.type),
            joinedload(m.Request.room),
            joinedload(m.Request.booking),
            joinedload(m.Request.assignee),
            selectinload(m.Request.version),
        )
        .where(m.Request.tenant_id == actor.tenant_id, m.Request.phase != "closed")
        .order_by(m.Request.created_at.desc(), m.Request.id.desc())
        .limit(limit)
    )
    return [row(request) for request in found]


class ActionAsked(BaseModel):
    """An action with the status its button was shown with."""

    action: str
    expected_status: str
    input: dict[str, str] = {}


@app.post("/requests/{request_id}/actions")
def act(request_id: UUID, asked: ActionAsked, database: Database, actor: SignedIn) -> Row:
    actor.require("hotel:requests:read")
    request = database.scalars(
        select(m.Request)
        .where(m.Request.tenant_id == actor.tenant_id, m.Request.id == request_id)
        .with_for_update()
    ).one_or_none()
    if request is None:
        raise HTTPException(404, "request_not_found")
    if request.status != asked.expected_status:
        raise HTTPException(409, "request_moved_on")
    workflow = request.version.workflow
    action = workflow["actions"].get(asked.action)
    if action is None or actor.kind not in action["by"] or request.status not in action["from"]:
        raise HTTPException(409, "action_not_available")
    actor.require(action.get("permission") or "hotel:requests:write")
    for name in action["requires"]:
        if not asked.input.get(name):
            raise HTTPException(422, "input_missing")
    if "assignee" in asked.input:
        assignee = database.get(m.Membership, (actor.tenant_id, UUID(asked.input["assignee"])))
        if assignee is None or not assignee.is_active:
            raise HTTPException(422, "input_invalid")
        request.assignee_id = assignee.id

    old, now = request.status, datetime.now(UTC)
    request.status = action["to"]
    request.phase = workflow["statuses"][request.status]["phase"]
    request.outcome = workflow["statuses"][request.status].get("outcome")
    request.last_actor_name, request.updated_at = actor.name, now
    database.add(
        m.History(
            tenant_id=actor.tenant_id,
            request_id=request.id,
            from_status=old,
            to_status=request.status,
            action=asked.action,
            actor_kind="staff",
            actor_id=actor.id,
            actor_name=actor.name,
            input=asked.input,
            at=now,
        )
    )
    changed = {"status": request.status, "phase": request.phase, "assignee_id": str(request.assignee_id)}
    tell(database, actor, request, "request_update", "request_status", action["slack"], now)
    record(database, actor, request, "UPDATE", {"status": old}, changed, now)
    emit(database, request, "request.status_changed", {"status": request.status, "from": old}, now)
    answer = row(request)
    database.commit()
    return answer


class Item(BaseModel):
    """A line of an order."""

    sku: str
    quantity: int


class Asked(BaseModel):
    """What a guest asks for."""

    type_slug: str
    items: list[Item] = []
    note: str | None = None


@app.post("/requests", status_code=201)
def submit(
    asked: Asked, database: Database, actor: SignedIn, idempotency_key: Annotated[str, Header()]
) -> dict[str, Any]:
    caller = f"{actor.kind}:{actor.id}"
    digest = hashlib.sha256(asked.model_dump_json().encode()).digest()
    kept = database.get(m.IdempotencyKey, (actor.tenant_id, caller, "submit", idempotency_key))
    if kept is not None:
        if kept.body_digest != digest or kept.response is None:
            raise HTTPException(422, "idempotency_key_reused")
        return kept.response
    booking = database.get(m.Booking, (actor.tenant_id, actor.booking_id))
    if booking is None or booking.checkin_status != "CHECKED_IN":
        raise HTTPException(404, "booking_not_found")
    kind = database.scalars(
        select(m.RequestType).where(
            m.RequestType.tenant_id == actor.tenant_id, m.RequestType.slug == asked.type_slug
        )
    ).one()
    version = database.get_one(m.WorkflowVersion, (actor.tenant_id, kind.current_version_id))
    items = {
        item.sku: item
        for item in database.scalars(
            select(m.CatalogItem).where(
                m.CatalogItem.tenant_id == actor.tenant_id,
                m.CatalogItem.property_id == booking.property_id,
                m.CatalogItem.sku.in_([line.sku for line in asked.items]),
            )
        )
    }
    if any(line.sku not in items for line in asked.items):
        raise HTTPException(422, "item_unknown")

    now = datetime.now(UTC)
    counter = database.get_one(m.Counter, (actor.tenant_id, booking.property_id), with_for_update=True)
    counter.last_number += 1
    status = version.workflow["initial"]
    request = m.Request(
        tenant_id=actor.tenant_id,
        property_id=booking.property_id,
        number=f"{booking.property.code}-{counter.last_number}",
        request_type_id=kind.id,
        workflow_version_id=version.id,
        type_slug=kind.slug,
        booking_id=booking.id,
        guest_id=booking.guest_id,
        room_id=booking.room_id,
        note=asked.note,
        status=status,
        title={"en": ", ".join(f"{line.quantity} × {items[line.sku].name['en']}" for line in asked.items)},
        phase=version.workflow["statuses"][status]["phase"],
        currency=booking.property.currency,
        tax_mode=booking.property.tax_mode,
        source="portal",
        created_by=actor.id,
        created_at=now,
        updated_at=now,
        total=sum((items[line.sku].price * line.quantity for line in asked.items), Decimal(0)),
    )
    database.add(request)
    database.flush()
    for number, line in enumerate(asked.items, 1):
        item = items[line.sku]
        database.add(
            m.Line(
                tenant_id=actor.tenant_id,
                request_id=request.id,
                item_id=item.id,
                line_number=number,
                sku=item.sku,
                name=item.name,
                quantity=line.quantity,
                unit_price=item.price,
                currency=request.currency,
                is_complimentary=item.is_complimentary,
            )
        )
    database.add(
        m.History(
            tenant_id=actor.tenant_id,
            request_id=request.id,
            to_status=status,
            actor_kind="guest",
            actor_id=actor.id,
            actor_name=actor.name,
            at=now,
        )
    )
    tell(database, actor, request, "request_received", "request_received", kind.team_key, now)
    record(database, actor, request, "INSERT", None, {"number": request.number, "status": status}, now)
    emit(database, request, "request.created", {"status": status}, now)
    answer = {"request": {"id": str(request.id), "number": request.number, "status": status}}
    database.add(
        m.IdempotencyKey(
            tenant_id=actor.tenant_id,
            caller=caller,
            command="submit",
            key=idempotency_key,
            body_digest=digest,
            response=answer,
        )
    )
    database.commit()
    return answer
