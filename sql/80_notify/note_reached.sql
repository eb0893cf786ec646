-- note_reached: a guest has got a message after all; what was still to be tried is called off.
-- may:      called by the ledger's trigger, when a message with other ways arrives
-- refuses:  nothing
-- then:     waiting fallbacks are cancelled, the alerts of all its ways closed, a task that nobody began expires once its guest got all that it is about
-- definer because the worker may not write requests.
create or replace function app.note_reached(p_message public.notification_log)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_first_id uuid := coalesce(p_message.fallback_of, p_message.id);
  v_task portal.requests;
begin
  perform app.set_caller(p_message.tenant_id);
  -- lock: what becomes of one message's ways is settled one after the other
  perform pg_advisory_xact_lock(hashtextextended('ladder:' || v_first_id, 0));
  update public.notification_log as n
  set state = 'cancelled', error_code = 'guest_reached', updated_at = app.now()
  where n.tenant_id = p_message.tenant_id and n.fallback_of = v_first_id and n.state = 'queued';
  perform app.resolve_alert(n.tenant_id, 'notification:' || n.id)
  from public.notification_log as n
  where n.tenant_id = p_message.tenant_id and (n.id = v_first_id or n.fallback_of = v_first_id);
  -- a phone that gets one message gets the others
  perform app.resolve_alert(p_message.tenant_id, 'guest_unheard:' || p_message.booking_id);

  select r.* into v_task
  from portal.requests as r
  where r.tenant_id = p_message.tenant_id and r.booking_id = p_message.booking_id and r.type_slug = 'task'
    and r.details -> 'messages' ? v_first_id::text and r.phase = 'open'
    and not exists (select from jsonb_array_elements_text(r.details -> 'messages') as m where not app.has_been_reached(r.tenant_id, m::uuid))
  for no key update;
  if found then
    perform app.perform_action(v_task, 'expire', '{}');
  end if;
end
$$;

alter function app.note_reached(public.notification_log) owner to engine;
comment on function app.note_reached(public.notification_log) is 'Late deliveries converge: whatever order callbacks come in, a guest who was reached is bothered no further and nobody looks for them.';
revoke all on function app.note_reached(public.notification_log) from public;
grant execute on function app.note_reached(public.notification_log) to service;
