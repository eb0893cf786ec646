-- confirm_booking: the hotel promises the stay.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, booking_not_found, booking_not_open, stay_is_over, room_not_found, room_is_not_double_booked, room_type_is_not_oversold, no_code_left
-- then:     its nights are taken, the room too if one is given; the guest's code is made, the welcome and a mail that confirms it queued
create or replace function api.confirm_booking(p_booking_id uuid, p_room_id uuid default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_room_id uuid;
  v_from date;
begin
  perform app.require('hotel:bookings:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.status = 'confirmed' and (p_room_id is null or p_room_id = v_booking.room_id) then
    return app.booking_json(p_booking_id);
  end if;
  if v_booking.status not in ('draft', 'pending') then
    raise exception 'This booking is %.', app.printed(replace(v_booking.status, '_', ' '))
      using errcode = 'PT409', detail = 'booking_not_open',
            hint = case v_booking.status when 'confirmed' then 'Use move_room for another room.' else 'Make a new booking.' end;
  end if;
  if v_booking.check_out < app.today(v_booking.property_id) then
    raise exception 'This stay has ended already.'
      using errcode = 'PT409', detail = 'stay_is_over', hint = 'Change its dates first.';
  end if;
  v_room_id := coalesce(p_room_id, v_booking.room_id);
  perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id, v_room_id]);

  -- take
  v_from := app.prepare_stay(v_booking, v_room_id, v_booking.check_in, v_booking.check_out);
  update public.bookings as b
  set status = 'confirmed', room_id = v_room_id, confirmed_at = app.now(), updated_at = app.now()
  where b.tenant_id = v_booking.tenant_id and b.id = p_booking_id;
  if v_room_id is not null then
    perform app.release_stays(p_booking_id);
    perform app.lay_out_stay(p_booking_id, v_room_id, v_from, v_booking.check_out);
  end if;

  -- tell
  perform app.give_code(p_booking_id);
  perform app.notify_guest(p_booking_id, 'welcome_with_portal',
    jsonb_build_object('check_in', v_booking.check_in, 'check_out', v_booking.check_out), null,
    'welcome_with_portal:' || p_booking_id);
  perform app.notify_guest(p_booking_id, 'booking_confirmation', app.confirmation_variables(p_booking_id), null,
    'booking_confirmation:' || p_booking_id, 'email');
  perform app.emit_event('booking.confirmed', v_booking.property_id, p_booking_id, null, 'booking', p_booking_id,
    jsonb_build_object('room_id', v_room_id, 'check_in', v_booking.check_in, 'check_out', v_booking.check_out));
  return app.booking_json(p_booking_id);
end
$$;

alter function api.confirm_booking(uuid, uuid) owner to engine;
comment on function api.confirm_booking(uuid, uuid) is
  'Confirms a draft or pending booking and makes its portal code. With p_room_id, or the room wished for, that room is given; otherwise one of the type is promised. A confirmed one is answered as it is.';
revoke all on function api.confirm_booking(uuid, uuid) from public;
grant execute on function api.confirm_booking(uuid, uuid) to staff, admin;
