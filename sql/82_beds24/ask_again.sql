-- ask_again: what a sweep saw too early is fetched by its number a moment later.
-- real clock: the moment
create or replace function app.ask_again(p_tenant_id uuid, p_connection_id uuid, p_beds24_booking_id bigint)
returns void
language sql
volatile
set search_path = ''
as $$
  update notify.beds24_imports as i
  set asked = i.asked + 1, not_before = clock_timestamp() + interval '1 second'
  where i.tenant_id = p_tenant_id and i.connection_id = p_connection_id and i.beds24_booking_id = p_beds24_booking_id
$$;

comment on function app.ask_again(uuid, uuid, bigint) is 'After take_beds24_booking answered fresh to a sweep. Worker only.';
revoke all on function app.ask_again(uuid, uuid, bigint) from public, engine;
