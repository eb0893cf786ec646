-- beds24_imports: bookings of Beds24 and what became of them.
create or replace view api.beds24_imports
with (security_invoker = true) as
select i.id, i.connection_id, i.property_id, p.code as property_code, i.beds24_booking_id, i.outcome, i.problem, i.problem_says, i.modified_at, i.tried_at,
       i.seen ->> 'status' as status, (i.seen ->> 'arrives_on')::date as arrives_on, (i.seen ->> 'leaves_on')::date as leaves_on,
       (i.seen ->> 'room_id')::bigint as beds24_room_id, (i.seen ->> 'unit_id')::integer as unit_id, i.booking_id, i.block_id, i.created_at
from notify.beds24_imports as i
join public.properties as p on p.tenant_id = i.tenant_id and p.id = i.property_id;

comment on view api.beds24_imports is
  'One row for each booking of Beds24 that was heard of. outcome: waiting, taken, past, gone, problem (waits for a human, problem_says why), left. Dates and room as Beds24 had them last.';
grant select on api.beds24_imports to staff, admin;
