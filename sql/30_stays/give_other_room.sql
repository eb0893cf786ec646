-- give_other_room: a booking that is locked gets another room.
-- refuses:  booking_not_confirmed, booking_checked_out, stay_is_over, room_not_found, room_not_vacant, room_out_of_order, room_not_ready, room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.give_other_room(p_booking public.bookings, p_room_id uuid, p_reason text)
returns text[]
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_today date := app.today(p_booking.property_id);
  v_in_house boolean := p_booking.checkin_status = 'CHECKED_IN';
  v_warnings text[] := array[]::text[];
  v_from date;
begin
  perform app.stay_must_go_on(p_booking, v_today);
  perform app.lock_rooms(p_booking.property_id, array[p_booking.room_id, app.find_room(p_booking.property_id, null, p_room_id)]);

  -- the stay
  if v_in_house then
    v_warnings := app.room_must_be_ready(p_room_id, v_today);
    v_from := greatest(v_today, p_booking.check_in);
    perform app.lock_stay_nights(p_booking, p_room_id, v_from, p_booking.check_out);
    perform app.stay_must_fit(p_booking, p_room_id, v_from, p_booking.check_out);
  else
    v_from := app.prepare_stay(p_booking, p_room_id, p_booking.check_in, p_booking.check_out);
  end if;
  update public.bookings as b
  set room_id = p_room_id, updated_at = app.now()
  where b.tenant_id = p_booking.tenant_id and b.id = p_booking.id;
  if not v_in_house then
    perform app.release_stays(p_booking.id);
  end if;
  perform app.lay_out_stay(p_booking.id, p_room_id, v_from, p_booking.check_out, p_reason);

  -- the house
  if v_in_house then
    perform app.change_rooms(p_booking.room_id, p_room_id);
    perform app.cleaning_follows_move(p_booking);
  end if;
  perform app.requests_follow_guest(p_booking.id, p_room_id);
  perform app.emit_event('booking.room_changed', p_booking.property_id, p_booking.id, null, 'booking', p_booking.id,
    jsonb_build_object('from_room_id', p_booking.room_id, 'room_id', p_room_id, 'from', v_from));
  perform app.note_warnings(p_booking.property_id, p_room_id, v_warnings);
  return v_warnings;
end
$$;

comment on function app.give_other_room(public.bookings, uuid, text) is
  'Moves a booking: from today for a guest in house, for the whole stay before arrival; open requests follow. The booking is as lock_booking gave it. Returns what the property lets pass of the new room.';
