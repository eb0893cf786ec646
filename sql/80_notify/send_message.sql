-- send_message: another program of the installation lets a message be sent.
-- may:      the functions send-whatsapp, send-email and send-slack, which ask for the secret key
-- refuses:  idempotency_key_missing, idempotency_key_reused, twin_in_flight, tenant_not_found, booking_not_found, request_not_found, property_not_found, team_unknown, template_unknown, guest_has_no_address, message_not_usable
-- then:     one queued row; consent, windows and undo are the sender's questions, as for every other
-- definer because the functions' own role may not read bookings, and this cannot leave the tenant that was named.
create or replace function app.send_message(p_channel text, p_message jsonb, p_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_dedupe text := 'sent:' || p_key;
begin
  perform app.set_caller(app.uuid_or_null(p_message ->> 'tenant_id'));
  if not exists (select from public.tenants as t where t.id = app.tenant_id()) then
    raise exception 'There is no such tenant.' using errcode = 'PT404', detail = 'tenant_not_found', hint = 'Send tenant_id.';
  end if;
  v_answer := app.claim_idempotency_key('send-' || p_channel, p_key, p_message);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  begin
    if p_channel = 'slack' then
      perform app.send_to_team(p_message, v_dedupe);
    else
      perform app.send_to_guest(p_channel, p_message, v_dedupe);
    end if;
  exception
    when data_exception then
      raise exception 'A value of the message cannot be read.'
        using errcode = 'PT422', detail = 'message_not_usable', hint = 'Dates as 2026-04-24, money as {"amount": "12.50", "currency": "EUR"}.';
  end;

  select jsonb_build_object('notification', jsonb_build_object(
           'id', n.id, 'channel', n.channel, 'state', n.state, 'error_code', n.error_code, 'event_key', n.event_key))
  into v_answer
  from public.notification_log as n
  where n.tenant_id = app.tenant_id() and n.channel = p_channel
    and n.dedupe_key in ('guest:' || v_dedupe, 'mail:' || v_dedupe, format('team:%s:%s', p_message ->> 'team', v_dedupe));
  perform app.keep_answer('send-' || p_channel, p_key, v_answer);
  return jsonb_build_object('status', 201, 'replayed', false, 'body', v_answer);
end
$$;

alter function app.send_message(text, jsonb, text) owner to engine;
comment on function app.send_message(text, jsonb, text) is
  'Queues one message. To a guest: {tenant_id, booking_id, template, variables, request_id}; to a team: {tenant_id, property_code, team, text, booking_id}. Answers {status, replayed, body: {notification: {id, state, …}}}; the same key and message answer the same again.';
revoke all on function app.send_message(text, jsonb, text) from public;
grant execute on function app.send_message(text, jsonb, text) to service;
