-- fall_back: what did not reach a guest takes the next way: SMS, then e-mail, then a task for reception.
-- may:      called by the ledger's trigger, for a message that failed or is dead
-- refuses:  nothing
-- then:     one more row, linked to the first; where no way is left, reception is asked. Each way once, never in a circle
-- definer because the worker may not write requests.
create or replace function app.fall_back(p_message public.notification_log)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_first_id uuid := coalesce(p_message.fallback_of, p_message.id);
  v_email text;
  v_way text := case p_message.channel when 'whatsapp' then 'sms' when 'sms' then 'email' end;
  v_recipient text := p_message.recipient;
begin
  perform app.set_caller(p_message.tenant_id);
  -- lock: what becomes of one message's ways is settled one after the other
  perform pg_advisory_xact_lock(hashtextextended('ladder:' || v_first_id, 0));
  if app.has_been_reached(p_message.tenant_id, v_first_id) then
    return;
  end if;

  if v_way = 'email' then
    select g.email into v_email
    from public.bookings as b
    join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
    where b.tenant_id = p_message.tenant_id and b.id = p_message.booking_id;
    v_recipient := v_email;
  end if;
  if v_way is null or v_recipient is null then
    perform app.ask_reception(p_message);
    return;
  end if;

  perform app.queue_notification(
    v_way, p_message.event_key, v_recipient, format('fallback:%s:%s', v_way, v_first_id), p_message.variables,
    p_message.template_key, p_message.language, p_message.property_id, p_message.booking_id, p_message.request_id,
    -- a failure that may yet turn into a delivery is given a moment to do so
    case when p_message.state = 'failed' and not app.is_undeliverable(p_message.error_code) then app.now() + interval '5 minutes' end,
    null, v_first_id);
end
$$;

alter function app.fall_back(public.notification_log) owner to engine;
comment on function app.fall_back(public.notification_log) is
  'The next rung of a guest''s message: WhatsApp, SMS, e-mail, a task. At once where the provider is sure that it did not arrive, else after five minutes, in which a late delivery calls it off.';
revoke all on function app.fall_back(public.notification_log) from public;
grant execute on function app.fall_back(public.notification_log) to service;
