-- reopen_channel: a provider that refused our credentials takes messages again.
-- may:      called by the worker's functions
-- refuses:  nothing
-- then:     the channel's alerts are closed in every tenant; what waited for it goes now
create or replace function app.reopen_channel(p_channel text)
returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_error_code text;
begin
  update app.platform_alerts as a
  set resolved_at = app.now()
  where a.dedupe_key = 'channel:' || p_channel and a.resolved_at is null
  returning a.details ->> 'error_code' into v_error_code;
  if not found then
    return;
  end if;

  update public.alerts as a
  set resolved_at = app.now()
  where a.dedupe_key = 'channel:' || p_channel and a.resolved_at is null;
  update public.notification_log as n
  set send_after = app.now(), updated_at = app.now()
  where n.channel = p_channel and n.state = 'queued' and n.send_after > app.now() and n.error_code = v_error_code;
end
$$;

comment on function app.reopen_channel(text) is 'Ends the time in which a channel''s provider refused our credentials. Worker only.';
revoke all on function app.reopen_channel(text) from public, engine;
