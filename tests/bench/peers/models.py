"""The house's tables as an ORM sees them; what is written lies in the peer's own schema."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, FetchedValue, Identity, Text
from sqlalchemy.dialects.postgresql import BYTEA, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

JsonObject = dict[str, Any]


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012
        str: Text,
        datetime: DateTime(timezone=True),
        JsonObject: JSONB,
        list[JsonObject]: JSONB,
    }


def joined(source: str, column: str, target: str) -> Any:
    """The row of the same tenant that a column names; every key of the house begins with the tenant."""
    return relationship(
        target,
        primaryjoin=f"and_(foreign({source}.tenant_id) == {target}.tenant_id,"
        f" foreign({source}.{column}) == {target}.id)",
        viewonly=True,
    )


class LoginSession(Base):
    __tablename__ = "sessions"
    __table_args__ = {"schema": "identity"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    session_type: Mapped[str]
    membership_id: Mapped[UUID | None]
    booking_id: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    membership: Mapped["Membership | None"] = joined("LoginSession", "membership_id", "Membership")


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = {"schema": "identity"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    display_name: Mapped[str]
    is_active: Mapped[bool]
    language: Mapped[str]


class MembershipRole(Base):
    __tablename__ = "membership_roles"
    __table_args__ = {"schema": "identity"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    role_id: Mapped[UUID] = mapped_column(primary_key=True)


class RolePermission(Base):
    __tablename__ = "role_permissions"
    __table_args__ = {"schema": "identity"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    role_id: Mapped[UUID] = mapped_column(primary_key=True)
    permission: Mapped[str] = mapped_column(primary_key=True)


class Property(Base):
    __tablename__ = "properties"
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    currency: Mapped[str]
    tax_mode: Mapped[str]


class Room(Base):
    __tablename__ = "rooms"
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    room_number: Mapped[str]


class Guest(Base):
    __tablename__ = "guests"
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    first_name: Mapped[str]
    phone: Mapped[str | None]
    language: Mapped[str]


class Booking(Base):
    __tablename__ = "bookings"
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    property_id: Mapped[UUID]
    guest_id: Mapped[UUID]
    guest_name: Mapped[str]
    room_id: Mapped[UUID | None]
    checkin_status: Mapped[str]
    guest: Mapped[Guest] = joined("Booking", "guest_id", "Guest")
    property: Mapped[Property] = joined("Booking", "property_id", "Property")


class RequestType(Base):
    __tablename__ = "request_types"
    __table_args__ = {"schema": "portal"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    label: Mapped[JsonObject]
    guest_label: Mapped[JsonObject]
    team_key: Mapped[str]
    current_version_id: Mapped[UUID]


class WorkflowVersion(Base):
    __tablename__ = "workflow_versions"
    __table_args__ = {"schema": "portal"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    workflow: Mapped[JsonObject]


class CatalogItem(Base):
    __tablename__ = "catalog_items"
    __table_args__ = {"schema": "portal"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    property_id: Mapped[UUID]
    kind: Mapped[str]
    sku: Mapped[str]
    name: Mapped[JsonObject]
    price: Mapped[Decimal]
    is_complimentary: Mapped[bool]


class Team(Base):
    __tablename__ = "teams"
    __table_args__ = {"schema": "notify"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    property_id: Mapped[UUID | None]
    key: Mapped[str]
    slack_channel: Mapped[str | None]


class Owned(Base):
    """A row of a tenant with an id of its own."""

    __abstract__ = True
    __table_args__ = {"schema": "peer"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=FetchedValue())


class Request(Owned):
    __tablename__ = "requests"
    property_id: Mapped[UUID]
    number: Mapped[str]
    request_type_id: Mapped[UUID]
    workflow_version_id: Mapped[UUID]
    type_slug: Mapped[str]
    booking_id: Mapped[UUID | None]
    guest_id: Mapped[UUID | None]
    room_id: Mapped[UUID | None]
    title: Mapped[JsonObject]
    note: Mapped[str | None]
    status: Mapped[str]
    phase: Mapped[str]
    outcome: Mapped[str | None]
    priority: Mapped[str] = mapped_column(default="normal")
    severity: Mapped[str | None]
    scheduled_for: Mapped[datetime | None]
    assignee_id: Mapped[UUID | None]
    currency: Mapped[str]
    tax_mode: Mapped[str]
    total: Mapped[Decimal] = mapped_column(default=Decimal(0))
    source: Mapped[str]
    created_by: Mapped[UUID | None]
    last_actor_name: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    property: Mapped[Property] = joined("Request", "property_id", "Property")
    type: Mapped[RequestType] = joined("Request", "request_type_id", "RequestType")
    version: Mapped[WorkflowVersion] = joined("Request", "workflow_version_id", "WorkflowVersion")
    room: Mapped[Room | None] = joined("Request", "room_id", "Room")
    booking: Mapped[Booking | None] = joined("Request", "booking_id", "Booking")
    assignee: Mapped[Membership | None] = joined("Request", "assignee_id", "Membership")


class Line(Owned):
    __tablename__ = "request_lines"
    request_id: Mapped[UUID]
    item_id: Mapped[UUID]
    line_number: Mapped[int]
    sku: Mapped[str]
    name: Mapped[JsonObject]
    quantity: Mapped[int]
    unit_price: Mapped[Decimal]
    currency: Mapped[str]
    is_complimentary: Mapped[bool]


class History(Owned):
    __tablename__ = "request_status_history"
    request_id: Mapped[UUID]
    from_status: Mapped[str | None]
    to_status: Mapped[str]
    action: Mapped[str | None]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str | None]
    input: Mapped[JsonObject] = mapped_column(default=dict)
    at: Mapped[datetime]


class Notification(Owned):
    __tablename__ = "notification_log"
    event_key: Mapped[str]
    channel: Mapped[str]
    recipient: Mapped[str | None]
    template_key: Mapped[str | None]
    variables: Mapped[JsonObject]
    dedupe_key: Mapped[str]
    send_after: Mapped[datetime]
    property_id: Mapped[UUID | None]
    booking_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]


class Audit(Owned):
    __tablename__ = "audit_log"
    table_name: Mapped[str]
    row_key: Mapped[JsonObject]
    operation: Mapped[str]
    old_values: Mapped[JsonObject | None]
    new_values: Mapped[JsonObject | None]
    db_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str | None]
    session_id: Mapped[UUID | None]
    command: Mapped[str | None]
    at: Mapped[datetime]


class Event(Base):
    __tablename__ = "event_log"
    __table_args__ = {"schema": "peer"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    topic: Mapped[str]
    property_id: Mapped[UUID | None]
    booking_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]
    entity: Mapped[str]
    entity_id: Mapped[UUID]
    payload: Mapped[JsonObject]
    at: Mapped[datetime]


class Counter(Base):
    __tablename__ = "number_counters"
    __table_args__ = {"schema": "peer"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    last_number: Mapped[int]


class IdempotencyKey(Base):
    __tablename__ = "idempotency_keys"
    __table_args__ = {"schema": "peer"}  # noqa: RUF012
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    caller: Mapped[str] = mapped_column(primary_key=True)
    command: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_digest: Mapped[bytes] = mapped_column(BYTEA)
    response: Mapped[JsonObject | None]
