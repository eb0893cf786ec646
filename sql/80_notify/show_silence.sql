-- show_silence: reception sees whose phone has not got what we wrote.
-- may:      called by follow_unheard
-- refuses:  nothing
-- then:     one low alert of the booking, until a message of it arrives; true when it is raised now. None once the guest has left
create or replace function app.show_silence(p_message public.notification_log)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := 'guest_unheard:' || p_message.booking_id;
  v_stay record;
begin
  select m.room_number into v_stay
  from public.bookings as b
  left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
  where b.tenant_id = p_message.tenant_id and b.id = p_message.booking_id and b.status = 'confirmed' and b.checkin_status <> 'CHECKED_OUT';
  if not found or exists (
    select from public.alerts as a where a.tenant_id = p_message.tenant_id and a.dedupe_key = v_key and a.resolved_at is null
  ) then
    return false;
  end if;
  perform app.raise_alert(
    p_message.tenant_id, p_message.property_id, 'guest_unheard', 'low',
    'A guest''s phone has not got a message for hours. It may be switched off.',
    jsonb_strip_nulls(jsonb_build_object(
      'notification_id', p_message.id, 'booking_id', p_message.booking_id, 'room_number', v_stay.room_number)),
    v_key);
  return true;
end
$$;

comment on function app.show_silence(public.notification_log) is 'An alert guest_unheard: {notification_id, booking_id, room_number}. A phone that is off is everyday, so it is one for a stay and no task.';
