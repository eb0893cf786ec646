-- mark_failed: the provider definitely did not take it.
-- may:      called by the worker
-- refuses:  nothing
-- then:     queued again after a growing wait; dead and an alert when it is final or the last failure; an address that refuses us is suppressed; of a guest who was erased meanwhile cancelled, without the provider's words
-- real clock: an attempt took place when it did
create or replace function app.mark_failed(
  p_tenant_id uuid,
  p_id uuid,
  p_fence bigint,
  p_error_code text,
  p_error_message text,
  p_is_final boolean,
  p_retry_after interval default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_words text;
  v_row record;
begin
  -- lock: the row before its attempt, as callbacks do
  -- what it said of somebody who was forgotten meanwhile is not kept
  select case when not app.is_forgotten(n) then p_error_message end into v_words
  from public.notification_log as n
  where n.tenant_id = p_tenant_id and n.id = p_id
  for no key update;

  update public.notification_attempts as a
  set outcome = case when p_retry_after is null then 'failed' else 'throttled' end,
      error_code = p_error_code, error_message = v_words, ended_at = clock_timestamp()
  where a.tenant_id = p_tenant_id and a.notification_id = p_id and a.fence = p_fence;

  -- being throttled is no failure: it only waits
  update public.notification_log as n
  set state = case
        when p_retry_after is null and (p_is_final or n.failure_count + 1 >= c.most_failures) then 'dead'
        else 'queued'
      end,
      send_after = app.now() + coalesce(
        p_retry_after * (1 + random() * 0.5), app.retry_delay(c.first_delay, c.longest_delay, n.failure_count + 1)),
      lease_until = null, attempt_count = n.attempt_count + 1,
      failure_count = n.failure_count + case when p_retry_after is null then 1 else 0 end,
      error_code = p_error_code, error_message = v_words, updated_at = app.now()
  from notify.channels as c
  where n.tenant_id = p_tenant_id and n.id = p_id and n.fence = p_fence and n.state = 'sending' and c.key = n.channel
  returning n.state, n.channel, n.event_key, n.property_id, n.recipient, n.booking_id into v_row;
  if v_row.channel <> 'slack' and app.opt_out_of(p_error_code) is not null then
    perform app.suppress_address(p_tenant_id, v_row.recipient, app.opt_out_of(p_error_code), p_error_code, jsonb_build_object('code', p_error_code));
  end if;

  if v_row.state = 'dead' then
    perform app.raise_alert(
      p_tenant_id, v_row.property_id, 'notification_dead', 'high',
      format('A %s message (%s) could not be sent: %s.', v_row.channel, v_row.event_key, p_error_code),
      jsonb_build_object('notification_id', p_id, 'error_code', p_error_code), 'notification:' || p_id);
    perform app.note_pile(p_tenant_id, v_row.property_id, v_row.channel, v_row.recipient, v_row.booking_id);
  end if;
end
$$;

comment on function app.mark_failed(uuid, uuid, bigint, text, text, boolean, interval) is
  'Records a definite failure. With p_retry_after the provider asked to wait: the row waits and nothing is counted. Worker only.';
revoke all on function app.mark_failed(uuid, uuid, bigint, text, text, boolean, interval) from public, engine;
