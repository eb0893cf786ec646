"""Who calls the peer, and a request as it answers it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import jwt
from fastapi import Depends, Header, HTTPException
from pydantic import BaseModel
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, sessionmaker

from tests.bench.peers import models as m

engine = create_engine(os.environ["PEER_DATABASE"], pool_size=10)
sessions = sessionmaker(engine)


def database() -> Iterator[Session]:
    with sessions() as session:
        yield session


Database = Annotated[Session, Depends(database)]


@dataclass(frozen=True)
class Actor:
    """Who calls, as the token says and the database confirms."""

    tenant_id: UUID
    id: UUID
    name: str
    kind: str
    session_id: UUID
    booking_id: UUID | None
    permissions: frozenset[str]

    def require(self, permission: str) -> None:
        if permission not in self.permissions:
            raise HTTPException(403, "permission_missing")


def signed_in(database: Database, authorization: Annotated[str, Header()]) -> Actor:
    try:
        claims = jwt.decode(
            authorization.removeprefix("Bearer "),
            os.environ["PEER_SECRET"],
            ["HS256"],
            audience="staybase",
            issuer="staybase",
        )
    except jwt.PyJWTError:
        raise HTTPException(401, "token_not_valid") from None
    tenant_id = UUID(claims["tenant_id"])
    found = database.get(m.LoginSession, (tenant_id, UUID(claims["session_id"])))
    if found is None or found.ended_at is not None or found.expires_at <= datetime.now(UTC):
        raise HTTPException(401, "session_over")
    if found.session_type != claims["role"]:
        raise HTTPException(401, "session_of_another_type")
    if found.membership is None:
        return Actor(
            tenant_id, UUID(claims["sub"]), "Guest", "guest", found.id, found.booking_id, frozenset()
        )
    permissions = database.scalars(
        select(m.RolePermission.permission)
        .join(m.MembershipRole, m.MembershipRole.role_id == m.RolePermission.role_id)
        .where(
            m.MembershipRole.tenant_id == tenant_id,
            m.RolePermission.tenant_id == tenant_id,
            m.MembershipRole.membership_id == found.membership.id,
        )
    )
    member = found.membership
    return Actor(tenant_id, member.id, member.display_name, "staff", found.id, None, frozenset(permissions))


SignedIn = Annotated[Actor, Depends(signed_in)]


class Row(BaseModel):
    """A row of the inbox, the columns that the inbox page reads."""

    id: UUID
    number: str
    property_id: UUID
    property_code: str
    room_number: str | None
    guest_name: str | None
    type_slug: str
    title: str
    status: str
    status_label: str
    phase: str
    outcome: str | None
    priority: str
    severity: str | None
    team_key: str
    assignee_id: UUID | None
    assignee_name: str | None
    scheduled_for: datetime | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None


def row(request: m.Request) -> Row:
    return Row(
        id=request.id,
        number=request.number,
        property_id=request.property_id,
        property_code=request.property.code,
        room_number=request.room.room_number if request.room else None,
        guest_name=request.booking.guest_name if request.booking else None,
        type_slug=request.type_slug,
        title=request.title["en"],
        status=request.status,
        status_label=request.version.workflow["statuses"][request.status]["label"]["en"],
        phase=request.phase,
        outcome=request.outcome,
        priority=request.priority,
        severity=request.severity,
        team_key=request.type.team_key,
        assignee_id=request.assignee_id,
        assignee_name=request.assignee.display_name if request.assignee else None,
        scheduled_for=request.scheduled_for,
        created_at=request.created_at,
        updated_at=request.updated_at,
        closed_at=request.closed_at,
    )
