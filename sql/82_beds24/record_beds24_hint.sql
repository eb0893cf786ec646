-- record_beds24_hint: a webhook said that a booking changed.
-- may:      called by the function beds24-webhook
-- refuses:  nothing: false for a secret that opens nothing
-- then:     its body is kept, the booking is fetched; a hundred of them at once are one question or two
-- The secret is looked up by its sha256: how long that takes tells nothing of it.
create or replace function app.record_beds24_hint(p_secret text, p_beds24_booking_id bigint, p_body text)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_connection notify.beds24_connections;
begin
  select c.* into v_connection
  from notify.beds24_connections as c
  join notify.beds24_access as a on a.tenant_id = c.tenant_id and a.connection_id = c.id
  where c.webhook_digest = app.digest(p_secret) and a.state <> 'off';
  if not found then
    return false;
  end if;

  insert into notify.beds24_hints as h (tenant_id, connection_id, beds24_booking_id, digest, body, received_at)
  values (v_connection.tenant_id, v_connection.id, p_beds24_booking_id, app.digest(p_body), p_body, app.now())
  on conflict (tenant_id, connection_id, digest) do update set times = h.times + 1, received_at = excluded.received_at;
  perform app.ask_beds24(v_connection, p_beds24_booking_id);
  return true;
end
$$;

comment on function app.record_beds24_hint(text, bigint, text) is 'Keeps the raw body and asks for the booking. What the body says is not believed. service only.';
revoke all on function app.record_beds24_hint(text, bigint, text) from public, engine;
