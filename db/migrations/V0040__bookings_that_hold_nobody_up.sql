/* pgmigrate-encoding: utf-8 */
-- A plain unique index over a generated column has every update of a booking lock it as if its key changed: a message, a
-- request or a charge of that booking would wait, and deadlock with a check-out. A partial one is no key for others to refer to.
-- squawk-ignore ban-drop-constraint
alter table public.bookings drop constraint booking_is_made_once_for_a_key;
-- squawk-ignore require-concurrent-index-creation
create unique index booking_is_made_once_for_a_key on public.bookings (tenant_id, idempotency_digest) where idempotency_digest is not null;
