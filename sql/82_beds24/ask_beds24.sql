-- ask_beds24: a booking is to be fetched.
-- may:      called where somebody says it changed
-- refuses:  nothing
-- then:     one question more; the next fetch answers all of them
create or replace function app.ask_beds24(p_connection notify.beds24_connections, p_beds24_booking_id bigint)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into notify.beds24_imports as i (tenant_id, connection_id, property_id, beds24_booking_id, created_at)
  values (p_connection.tenant_id, p_connection.id, p_connection.property_id, p_beds24_booking_id, app.now())
  on conflict (tenant_id, connection_id, beds24_booking_id) do update set asked = i.asked + 1
$$;

comment on function app.ask_beds24(notify.beds24_connections, bigint) is 'Queues a fetch of one booking of Beds24.';
