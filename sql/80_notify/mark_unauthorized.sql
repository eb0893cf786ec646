-- mark_unauthorized: the provider takes nothing from us, whatever the message is.
-- may:      called by the worker
-- refuses:  nothing
-- then:     queued again after the channel's longest wait, uncounted; one alert of the channel for tenant and property, or, where the hotel's own Slack token was refused, that token is tested; of a guest who was erased meanwhile cancelled, without the provider's words
-- real clock: an attempt took place when it did
create or replace function app.mark_unauthorized(p_tenant_id uuid, p_id uuid, p_fence bigint, p_error_code text, p_error_message text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_words text;
  v_channel text;
begin
  -- lock: the row before its attempt, as callbacks do
  -- what it said of somebody who was forgotten meanwhile is not kept
  select case when not app.is_forgotten(n) then p_error_message end into v_words
  from public.notification_log as n
  where n.tenant_id = p_tenant_id and n.id = p_id
  for no key update;

  update public.notification_attempts as a
  set outcome = 'failed', error_code = p_error_code, error_message = v_words, ended_at = clock_timestamp()
  where a.tenant_id = p_tenant_id and a.notification_id = p_id and a.fence = p_fence;

  update public.notification_log as n
  set state = 'queued', send_after = app.now() + c.longest_delay * (1 + random() * 0.5),
      lease_until = null, attempt_count = n.attempt_count + 1,
      error_code = p_error_code, error_message = v_words, updated_at = app.now()
  from notify.channels as c
  where n.tenant_id = p_tenant_id and n.id = p_id and n.fence = p_fence and n.state = 'sending' and c.key = n.channel
  returning n.channel into v_channel;

  if not found then
    return;
  end if;

  -- a hotel's own token is its own trouble
  update notify.slack_access as s
  set is_test_due = true
  where v_channel = 'slack' and s.tenant_id = p_tenant_id and s.bot_token is not null;
  if not found then
    perform app.raise_alert(
      p_tenant_id, null, 'channel_closed', 'urgent',
      format('No %s message leaves: the provider refuses our credentials (%s). They wait, none is lost.', v_channel, p_error_code),
      jsonb_build_object('channel', v_channel, 'error_code', p_error_code), 'channel:' || v_channel);
    insert into app.platform_alerts as a (kind, dedupe_key, details, raised_at)
    values ('channel_closed', 'channel:' || v_channel, jsonb_build_object('channel', v_channel, 'error_code', p_error_code), app.now())
    on conflict (dedupe_key) do update
      set details = excluded.details, raised_at = excluded.raised_at, resolved_at = null
      where a.resolved_at is not null;
  end if;
end
$$;

comment on function app.mark_unauthorized(uuid, uuid, bigint, text, text) is
  'Records that the provider refused our credentials: no fault of the message, which waits until they are mended. Worker only.';
revoke all on function app.mark_unauthorized(uuid, uuid, bigint, text, text) from public, engine;
