-- mark_unknown: nobody can say whether the provider took it.
-- may:      called by the worker
-- refuses:  nothing
-- then:     it is looked up at the provider; where that cannot be, a human decides; of a guest who was erased meanwhile cancelled, without the provider's words
-- real clock: an attempt took place when it did
create or replace function app.mark_unknown(p_tenant_id uuid, p_id uuid, p_fence bigint, p_error_code text, p_error_message text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_words text;
  v_is_looked_up boolean;
begin
  -- lock: the row before its attempt, as callbacks do
  -- what it said of somebody who was forgotten meanwhile is not kept
  select case when not app.is_forgotten(n) then p_error_message end into v_words
  from public.notification_log as n
  where n.tenant_id = p_tenant_id and n.id = p_id
  for no key update;

  update public.notification_attempts as a
  set outcome = 'unknown', error_code = p_error_code, error_message = v_words, ended_at = clock_timestamp()
  where a.tenant_id = p_tenant_id and a.notification_id = p_id and a.fence = p_fence and a.outcome = 'open';

  update public.notification_log as n
  set state = 'unknown', lease_until = null, attempt_count = n.attempt_count + 1,
      lookup_count = 0, lookup_failure_count = 0,
      next_lookup_at = case when c.can_look_up then clock_timestamp() end,
      error_code = p_error_code, error_message = v_words, updated_at = app.now()
  from notify.channels as c
  where n.tenant_id = p_tenant_id and n.id = p_id and n.fence = p_fence and n.state = 'sending' and c.key = n.channel
  returning c.can_look_up into v_is_looked_up;

  if not v_is_looked_up then
    perform app.ask_a_human(p_tenant_id, p_id, 'no_look_up');
  end if;
end
$$;

comment on function app.mark_unknown(uuid, uuid, bigint, text, text) is
  'Records an attempt without a known outcome and plans its look-ups. It is never blindly sent again. Worker only.';
revoke all on function app.mark_unknown(uuid, uuid, bigint, text, text) from public, engine;
