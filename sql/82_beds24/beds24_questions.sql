-- beds24_questions: bookings of a connection that are to be fetched now.
-- real clock: a booking that was changed within this second is asked again in the next
create or replace function app.beds24_questions(p_tenant_id uuid, p_connection_id uuid, p_limit integer)
returns table (import_id uuid, beds24_booking_id bigint, asked integer)
language sql
stable
set search_path = ''
as $$
  select i.id, i.beds24_booking_id, i.asked
  from notify.beds24_imports as i
  where i.tenant_id = p_tenant_id and i.connection_id = p_connection_id and i.asked > i.answered and i.not_before <= clock_timestamp()
  order by i.not_before, i.id
  limit p_limit
$$;

comment on function app.beds24_questions(uuid, uuid, integer) is 'asked is what a fetch begun now answers. Worker only.';
revoke all on function app.beds24_questions(uuid, uuid, integer) from public, engine;
