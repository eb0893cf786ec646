-- ask_reception: a guest whom no message reached is told by somebody.
-- may:      called by fall_back
-- refuses:  nothing
-- then:     one open task of the booking for reception, whose team hears of it; it knows the messages that were not read
create or replace function app.ask_reception(p_message public.notification_log, p_why text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_first_id text := coalesce(p_message.fallback_of, p_message.id);
  v_caller jsonb := jsonb_build_object('app.role', app.session_role(), 'app.actor_name', app.actor_name());
  v_type portal.request_types;
  v_property public.properties;
  v_task portal.requests;
begin
  -- lock: two messages of a stay that fail at once make one task
  perform pg_advisory_xact_lock(hashtextextended('guest_not_reached:' || p_message.booking_id, 0));
  update portal.requests as r
  set details = jsonb_set(r.details, '{messages}', (r.details -> 'messages') - v_first_id || to_jsonb(v_first_id))
  where r.tenant_id = p_message.tenant_id and r.booking_id = p_message.booking_id and r.type_slug = 'task'
    and r.details ? 'guest_not_reached' and r.phase <> 'closed';
  -- what stays so for the whole stay is said once
  if found or p_why <> 'not_reached' and exists (
    select from portal.requests as r
    where r.tenant_id = p_message.tenant_id and r.booking_id = p_message.booking_id and r.type_slug = 'task'
      and r.details ->> 'why' = p_why and r.details ? 'guest_not_reached'
  ) then
    return;
  end if;

  select t.* into v_type from portal.request_types as t where t.tenant_id = p_message.tenant_id and t.slug = 'task';
  select p.* into v_property from public.properties as p where p.tenant_id = p_message.tenant_id and p.id = p_message.property_id;
  -- it is the system that asks; the log keeps who set it off
  perform set_config(k, '', true) from jsonb_object_keys(v_caller) as k;
  v_task := app.insert_request(
    jsonb_build_object('priority', 'high', 'note', app.not_reached_words(p_message, p_why, v_property.default_language)),
    p_message.property_id, p_message.booking_id,
    (select b.room_id from public.bookings as b where b.tenant_id = p_message.tenant_id and b.id = p_message.booking_id),
    v_type, jsonb_build_object('guest_not_reached', p_message.event_key, 'why', p_why, 'messages', jsonb_build_array(v_first_id)),
    jsonb_build_object('lines', '[]'::jsonb, 'total', 0, 'currency', v_property.currency, 'tax_mode', v_property.tax_mode, 'subtype_taxes', '[]'::jsonb),
    'pms');
  update portal.requests as r
  set title = '{"en": "Guest not reached", "es": "Huésped no localizado"}'
  where r.tenant_id = v_task.tenant_id and r.id = v_task.id
  returning r.* into v_task;
  perform app.start_request(v_task);
  perform set_config(c.key, coalesce(c.value, ''), true) from jsonb_each_text(v_caller) as c;
end
$$;

comment on function app.ask_reception(public.notification_log, text) is
  'The last rung: a task "Guest not reached" of the booking, unless one is open, which then knows this message too. details: {guest_not_reached: event of the first message, why: as app.why_not_reached says, messages: ids of the first messages}. Without an address, and for who wants no messages, once for a booking.';
