"""Who lacks hotel:guests:read learns of guests what the work needs: a name to call them by, and no more.

Every list and every command, as a member who holds each other right that there is.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.isolation import catalog
from tests.isolation.actors import Actor, actor
from tests.isolation.arguments import Arguments, outcome_of
from tests.isolation.catalog import Connection
from tests.isolation.statements import statement

HOTEL = "hamsun"
# Where a member who may not read guests still calls them by name, whose stay or whose word it is.
MEANT = {
    "api.guests.name",
    "api.guests.last_name",
    "api.bookings.guest_name",
    "api.stays.guest_name",
    "api.requests.guest_name",
    "api.requests.last_actor_name",
    "api.open_requests.guest_name",
    "api.open_requests.last_actor_name",
    "api.request_status_history.actor_name",
    "api.request_comments.author_name",
    "api.daily_cron_log.guest_name",
    "api.menu_orders.guest_name",
    # a bill is made out to somebody
    "api.folio_document",
}
# No file lacks anything, and each value is one guest's alone. Names stay, of which there are copies.
FILLED = """
update public.guests as g
set phone = '+1202555' || n.number, email = 'guest' || n.number || '@guests.example',
    id_type = 'passport', id_number = 'ZX' || n.number || 'QW'
from (select id, row_number() over (order by id) + 1000 as number from public.guests
      where tenant_id = %(tenant)s) as n
where g.tenant_id = %(tenant)s and g.id = n.id
"""
# A message to each booking's guest, which the provider refused in words that repeat the number.
REFUSED = """
with message as (
  insert into public.notification_log
    (tenant_id, channel, event_key, template_key, recipient, dedupe_key, send_after, state, error_code,
     error_message, property_id, booking_id)
  select b.tenant_id, 'whatsapp', 'request_received', 'request_received', g.phone, 'masking:' || b.id,
         now(), 'dead', '21211', 'The number ' || g.phone || ' of ' || g.last_name || ' is not valid',
         b.property_id, b.id
  from public.bookings as b join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  where b.tenant_id = %(tenant)s
  returning tenant_id, id, error_code, error_message
)
insert into public.notification_attempts
  (tenant_id, notification_id, fence, number, outcome, error_code, error_message, ended_at)
select tenant_id, id, 1, 1, 'failed', error_code, error_message, now() from message
"""
WITHOUT_GUESTS = """
delete from identity.role_permissions as p using identity.membership_roles as m
where m.tenant_id = p.tenant_id and m.role_id = p.role_id
  and m.membership_id = %(member)s and p.permission = 'hotel:guests:read'
"""
SECRETS = """
select id_number, email, substr(phone, 2), last_name from public.guests
where tenant_id = %(tenant)s and last_name <> first_name
"""
PLANTED = {
    "a view that shows a phone": (
        "create view api.callers as select id, phone from public.guests;grant select on api.callers to staff",
        "api.callers.phone tells a phone",
    ),
    "a provider's words": (
        "create or replace view api.notification_attempts as"
        " select a.id, a.notification_id, a.number, a.outcome, a.provider_id, a.error_code,"
        " a.error_message, a.started_at, a.ended_at"
        " from public.notification_attempts as a",
        "api.notification_attempts.error_message tells a phone",
    ),
    "a name where none is needed": (
        "create view api.sleepers as select b.id, b.guest_name as said from public.bookings as b;"
        "grant select on api.sleepers to staff",
        "api.sleepers.said tells a last name",
    ),
    "a command that answers with a passport": (
        "create function api.who() returns text language sql stable security definer set search_path = ''"
        " as $$ select g.id_number from public.guests as g where g.tenant_id = app.tenant_id() limit 1 $$;"
        "grant execute on function api.who() to staff",
        "api.who tells a document",
    ),
}


class Sweep:
    """Everything exposed to a role, read and called as one member."""

    def __init__(self, conn: Connection, role: str, *, sees_guests: bool) -> None:
        self._conn = conn
        found = actor(conn, role, HOTEL)
        assert found is not None
        self._member: Actor = found
        known = {"tenant": found.tenant, "member": found.claims["sub"]}
        conn.execute(FILLED.encode(), known)
        conn.execute(REFUSED.encode(), known)
        if not sees_guests:
            conn.execute(WITHOUT_GUESTS.encode(), known)
        self._secrets = [
            (re.compile("|".join(map(re.escape, told))), what)
            for told, what in zip(
                zip(*conn.execute(SECRETS.encode(), known).fetchall(), strict=True),
                ("a document", "an e-mail", "a phone", "a last name"),
                strict=True,
            )
        ]
        self.objects = 0
        self.rows = 0

    def findings(self) -> set[str]:
        """What is told where, one line for each place."""
        return set(self._of_lists()) | set(self._of_commands())

    def _of_lists(self) -> Iterator[str]:
        for rows in catalog.lists(self._conn, self._member.role):
            if not rows.readable:
                continue
            self.objects += 1
            with self._conn.transaction(force_rollback=True):
                self._member.enter(self._conn)
                told = self._conn.execute(statement(rows, "read").encode()).fetchall()
            self.rows += len(told)
            for column in rows.readable:
                yield from self._seen(f"{rows.name}.{column}", [row[0][column] for row in told])

    def _of_commands(self) -> Iterator[str]:
        arguments = Arguments(self._conn)
        for command in catalog.commands(self._conn, self._member.role):
            if not command.is_open:
                continue
            self.objects += 1
            given = arguments.own(command, self._member.role, self._member.tenant)
            with self._conn.transaction(force_rollback=True):
                self._member.enter(self._conn)
                _, told = outcome_of(self._conn, command, given)
            yield from self._seen(command.name, told)

    def _seen(self, place: str, told: Any) -> Iterator[str]:
        text = str(told)
        for words, what in self._secrets:
            if words.search(text) and not (what == "a last name" and place in MEANT):
                yield f"{place} tells {what}"


@pytest.mark.parametrize("role", ["staff", "admin"])
def test_without_the_right_nothing_tells_more_than_a_name(role: str, conn: Connection) -> None:
    with conn.transaction(force_rollback=True):
        sweep = Sweep(conn, role, sees_guests=False)
        assert sweep.findings() == set()
    assert sweep.objects >= 80
    assert sweep.rows >= 300


def test_with_the_right_the_same_places_tell_it(conn: Connection) -> None:
    with conn.transaction(force_rollback=True):
        found = Sweep(conn, "staff", sees_guests=True).findings()
    assert {
        "api.guests.phone tells a phone",
        "api.guests.email tells an e-mail",
        "api.guests.id_number tells a document",
        "api.notification_log.error_message tells a phone",
        "api.notification_attempts.error_message tells a phone",
    } <= found


@pytest.mark.parametrize("leak", PLANTED)
def test_a_planted_leak_is_found(leak: str, conn: Connection) -> None:
    statement, finding = PLANTED[leak]
    with conn.transaction(force_rollback=True):
        conn.execute(statement.encode())
        assert finding in Sweep(conn, "staff", sees_guests=False).findings()
