-- note_beds24_credits: how many credits the account has left in this window.
-- real clock: the window
create or replace function app.note_beds24_credits(p_tenant_id uuid, p_connection_id uuid, p_left numeric, p_seconds integer)
returns void
language sql
volatile
set search_path = ''
as $$
  update notify.beds24_access as a
  set credits_left = p_left, credits_until = clock_timestamp() + p_seconds * interval '1 second'
  where a.tenant_id = p_tenant_id and a.connection_id = p_connection_id
$$;

comment on function app.note_beds24_credits(uuid, uuid, numeric, integer) is 'As an answer''s headers told. Worker only.';
revoke all on function app.note_beds24_credits(uuid, uuid, numeric, integer) from public, engine;
