-- fall_back: what did not reach a guest takes the next way: SMS, then e-mail, then a task for reception.
-- may:      called by the ledger's trigger, for a message that failed, is dead or may not leave, and by follow_unheard
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
  v_why text := app.why_not_reached(p_message);
  v_way text := case v_why
    when 'not_reached' then case p_message.channel when 'whatsapp' then 'sms' when 'sms' then 'email' end
    when 'no_address' then 'email'
  end;
  v_recipient text := p_message.recipient;
  v_answering text := coalesce(current_setting('app.answering', true), '');
begin
  if v_why is null or app.is_forgotten(p_message) then
    return;
  end if;
  if app.tenant_id() is distinct from p_message.tenant_id then
    perform app.set_caller(p_message.tenant_id);
  end if;
  -- lock: what becomes of one message's ways is settled one after the other
  perform pg_advisory_xact_lock(hashtextextended('ladder:' || v_first_id, 0));
  if app.has_been_reached(p_message.tenant_id, v_first_id) then
    return;
  end if;

  if v_way = 'email' then
    select g.email into v_recipient
    from public.bookings as b
    join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
    where b.tenant_id = p_message.tenant_id and b.id = p_message.booking_id
      and (p_message.template_key is null or exists (
        select from notify.templates as t where t.tenant_id = b.tenant_id and t.key = p_message.template_key));
  end if;
  if v_way is null or v_recipient is null then
    perform app.ask_reception(p_message, v_why);
    return;
  end if;

  -- a direct answer is one on every way
  perform set_config('app.answering', case when p_message.is_answer then v_first_id::text else '' end, true);
  perform app.queue_notification(
    v_way, p_message.event_key, v_recipient, format('fallback:%s:%s', v_way, v_first_id), p_message.variables,
    p_message.template_key, p_message.language, p_message.property_id, p_message.booking_id, p_message.request_id,
    -- a failure that may yet turn into a delivery is given a moment to do so
    case when p_message.state = 'failed' and not app.is_undeliverable(p_message.error_code) then app.now() + interval '5 minutes' end,
    null, v_first_id);
  perform set_config('app.answering', v_answering, true);
end
$$;

alter function app.fall_back(public.notification_log) owner to engine;
comment on function app.fall_back(public.notification_log) is
  'The next rung of a guest''s message: WhatsApp, SMS, e-mail, a task. At once where it is sure that it did not arrive, else after five minutes, in which a late delivery calls it off. Who wants no messages gets none on another way.';
revoke all on function app.fall_back(public.notification_log) from public;
grant execute on function app.fall_back(public.notification_log) to service;
