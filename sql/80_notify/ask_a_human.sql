-- ask_a_human: an unknown row waits until somebody decides.
-- may:      called by the worker's functions
-- refuses:  nothing
-- then:     no further look-up; an alert stands until the row is settled or replayed
create or replace function app.ask_a_human(p_tenant_id uuid, p_id uuid, p_because text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row record;
begin
  update public.notification_log as n
  set next_lookup_at = null, error_code = p_because, updated_at = app.now()
  where n.tenant_id = p_tenant_id and n.id = p_id and n.state = 'unknown'
  returning n.channel, n.event_key, n.property_id into v_row;

  if found then
    perform app.raise_alert(
      p_tenant_id, v_row.property_id, 'notification_unknown', 'high',
      format('Nobody can tell whether a %s message (%s) arrived. Ask, then send it again or leave it.', v_row.channel, v_row.event_key),
      jsonb_build_object('notification_id', p_id, 'because', p_because), 'notification:' || p_id);
  end if;
end
$$;

comment on function app.ask_a_human(uuid, uuid, text) is
  'Leaves an unknown notification to a human, with an alert: several candidates, no look-up to be had, or not found a second time.';
revoke all on function app.ask_a_human(uuid, uuid, text) from public, engine;
