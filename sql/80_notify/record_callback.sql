-- record_callback: the provider says what became of a message.
-- may:      called by the function whatsapp-status, after it verified the signature
-- refuses:  nothing
-- then:     the row's state rises, never falls; an unknown row is settled by it; a failure raises an alert, one that says the guest opted out suppresses the number. Late, doubled and shuffled ones converge;
--           an event for staff (not on the guest's booking, so that their own page stays quiet)
-- real clock: the provider spoke when it did
create or replace function app.record_callback(
  p_tenant_id uuid,
  p_id uuid,
  p_provider_id text,
  p_state text,
  p_error_code text
)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row public.notification_log%rowtype;
  v_state text;
begin
  select * into v_row from public.notification_log as n where n.tenant_id = p_tenant_id and n.id = p_id for no key update;
  if not found then
    return false;
  end if;

  -- a word about an earlier try, or about a message that is not this row's, changes nothing here
  if v_row.provider_id is distinct from p_provider_id and (
    v_row.provider_id is not null or v_row.state in ('suppressed', 'cancelled') or exists (
      select from public.notification_attempts as a
      where a.tenant_id = p_tenant_id and a.notification_id = p_id and a.provider_id = p_provider_id and a.fence < v_row.fence)
  ) then
    return true;
  end if;

  update public.notification_log as n
  set state = case when app.notification_rank(p_state) >= coalesce(app.notification_rank(n.state), 0) then p_state else n.state end,
      provider_id = p_provider_id, lease_until = null, next_lookup_at = null,
      attempt_count = n.attempt_count + case when n.state = 'sending' then 1 else 0 end,
      error_code = case
        when p_state = 'failed' and coalesce(app.notification_rank(n.state), 0) <= 2 then p_error_code
        when app.notification_rank(p_state) > coalesce(app.notification_rank(n.state), 0) then null
        else n.error_code
      end,
      sent_at = coalesce(n.sent_at, app.now()),
      delivered_at = case when p_state in ('delivered', 'read') then coalesce(n.delivered_at, app.now()) else n.delivered_at end,
      read_at = case when p_state = 'read' then coalesce(n.read_at, app.now()) else n.read_at end,
      updated_at = app.now()
  where n.tenant_id = p_tenant_id and n.id = p_id
  returning n.state into v_state;

  update public.notification_attempts as a
  set outcome = 'accepted', provider_id = p_provider_id, ended_at = coalesce(a.ended_at, clock_timestamp())
  where a.tenant_id = p_tenant_id and a.notification_id = p_id and a.fence = v_row.fence and a.provider_id is null;
  if p_state = 'failed' and v_row.channel in ('whatsapp', 'sms') and app.opt_out_of(p_error_code) is not null then
    perform app.suppress_address(p_tenant_id, v_row.recipient, app.opt_out_of(p_error_code), p_error_code, jsonb_build_object('code', p_error_code));
  end if;
  if v_state <> 'failed' then
    perform app.resolve_alert(p_tenant_id, 'notification:' || p_id);
  elsif v_row.state <> 'failed' then
    perform app.raise_alert(
      p_tenant_id, v_row.property_id, 'notification_failed', 'high',
      format('A %s message (%s) did not arrive: %s.', v_row.channel, v_row.event_key, coalesce(p_error_code, 'no reason given')),
      jsonb_build_object('notification_id', p_id, 'error_code', p_error_code), 'notification:' || p_id);
  end if;
  if v_row.request_id is not null and v_state <> v_row.state then
    perform app.set_caller(p_tenant_id);
    perform app.emit_event('notification.' || v_state, v_row.property_id, null, v_row.request_id, 'notification', p_id);
  end if;
  return true;
end
$$;

comment on function app.record_callback(uuid, uuid, text, text, text) is
  'Takes a provider''s word on a message: sent, failed, delivered or read. False when there is no such notification. service only.';
revoke all on function app.record_callback(uuid, uuid, text, text, text) from public, engine;
