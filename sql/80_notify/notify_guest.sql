-- notify_guest: a message to the guest of a booking, by WhatsApp or, for the record, by mail.
-- may:      called by commands
-- refuses:  nothing
-- then:     one queued row; without a phone or an approved template a suppressed one that says so, which the ledger's trigger leads on where there is no phone; no mail where no address is known
create or replace function app.notify_guest(
  p_booking_id uuid,
  p_event_key text,
  p_variables jsonb,
  p_request_id uuid,
  p_dedupe text,
  p_channel text default 'whatsapp'
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_guest record;
  v_template record;
  v_language text;
  v_said jsonb;
begin
  -- who, and in which words
  select g.first_name, case p_channel when 'email' then g.email else g.phone end as recipient, g.language,
         b.property_id, p.name as property_name, p.time_zone, m.room_number
  into v_guest
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id;

  if p_channel = 'email' and v_guest.recipient is null then
    return;
  end if;

  select t.bodies, t.status, t.variables into v_template
  from notify.templates as t
  where t.tenant_id = app.tenant_id() and t.channel = p_channel and t.key = p_event_key;
  v_language := case when v_template.bodies ? v_guest.language then v_guest.language else 'en' end;

  v_said := app.typed_variables(
    v_template.variables,
    jsonb_build_object('guest_first_name', v_guest.first_name, 'property_name', v_guest.property_name, 'room_number', v_guest.room_number)
      || (app.message_variables(p_request_id, p_variables, v_language, v_guest.time_zone) - array['lines', 'note', 'guest_name']),
    v_language, v_guest.time_zone);

  -- queue
  perform app.queue_notification(
    p_channel, p_event_key, v_guest.recipient, case p_channel when 'email' then 'mail:' else 'guest:' end || p_dedupe,
    v_said,
    p_event_key, v_language, v_guest.property_id, p_booking_id, p_request_id, null,
    case
      when v_guest.recipient is null then 'guest_has_no_phone'
      when v_template.status is null then 'template_missing'
      when v_template.status <> 'approved' and app.window_until(app.tenant_id(), v_guest.recipient) is null then 'template_not_approved'
    end);

  if v_template.status is distinct from 'approved' then
    perform app.raise_template_alert(app.tenant_id(), p_event_key);
  end if;
end
$$;

comment on function app.notify_guest(uuid, text, jsonb, uuid, text, text) is
  'Queues template p_event_key of p_channel (whatsapp, email) to the booking''s guest in their language. Name, property, room and what is known of the request are filled in; p_variables win. p_dedupe names the event. A variable attach = {kind, id} is a document that goes with a mail.';
