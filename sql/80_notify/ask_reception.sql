-- ask_reception: a guest whom no message reached is told by somebody.
-- may:      called by fall_back
-- refuses:  nothing
-- then:     one open task of the booking for reception, whose team hears of it
create or replace function app.ask_reception(p_message public.notification_log)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_type portal.request_types;
  v_property public.properties;
  v_task portal.requests;
begin
  select t.* into v_type from portal.request_types as t where t.tenant_id = p_message.tenant_id and t.slug = 'task';
  select p.* into v_property from public.properties as p where p.tenant_id = p_message.tenant_id and p.id = p_message.property_id;

  -- lock: two messages of a stay that fail at once make one task
  perform pg_advisory_xact_lock(hashtextextended('guest_not_reached:' || p_message.booking_id, 0));
  if exists (
    select from portal.requests as r
    where r.tenant_id = p_message.tenant_id and r.booking_id = p_message.booking_id and r.type_slug = 'task'
      and r.details ? 'guest_not_reached' and r.phase <> 'closed'
  ) then
    return;
  end if;

  v_task := app.insert_request(
    jsonb_build_object('priority', 'high', 'note', case v_property.default_language
      when 'es' then format('Ningún mensaje le llega (%s): ni WhatsApp, ni SMS, ni correo. Díganselo en persona y revisen el teléfono.', p_message.event_key)
      else format('No message gets through (%s): not by WhatsApp, SMS or e-mail. Tell them in person, and check their number.', p_message.event_key) end),
    p_message.property_id, p_message.booking_id,
    (select b.room_id from public.bookings as b where b.tenant_id = p_message.tenant_id and b.id = p_message.booking_id),
    v_type, jsonb_build_object('guest_not_reached', p_message.event_key),
    jsonb_build_object('lines', '[]'::jsonb, 'total', 0, 'currency', v_property.currency, 'tax_mode', v_property.tax_mode, 'subtype_taxes', '[]'::jsonb),
    'pms');
  update portal.requests as r
  set title = '{"en": "Guest not reached", "es": "Huésped no localizado"}'
  where r.tenant_id = v_task.tenant_id and r.id = v_task.id
  returning r.* into v_task;
  perform app.start_request(v_task);
end
$$;

comment on function app.ask_reception(public.notification_log) is 'The last rung: a task "Guest not reached" of the booking, unless one is open. details.guest_not_reached is the first such message''s event.';
