-- events: what happened, in an order that never skips a late commit.
create or replace view api.events
with (security_invoker = true) as
select e.xid::text || '-' || e.id as cursor, e.topic, e.booking_id, e.request_id, e.entity, e.entity_id, e.payload, e.at
from public.event_log as e
where e.xid < pg_snapshot_xmin(pg_current_snapshot());

comment on view api.events is 'Events the caller may see. Only those of transactions older than the oldest one still running, so that reading on from a cursor misses nothing.';
grant select on api.events to guest, staff, admin;
