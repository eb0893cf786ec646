-- move_room: a guest, or a booking to come, gets another room.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, booking_not_found, reason_missing, field_missing, booking_not_confirmed, booking_checked_out, stay_is_over, room_not_found, room_not_vacant, room_out_of_order, room_not_ready, room_is_not_double_booked, room_type_is_not_oversold
-- then:     the stay splits today; the old room is vacant and dirty, the new one occupied; open requests follow
create or replace function api.move_room(p_booking_id uuid, p_room_id uuid, p_reason text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_today date;
  v_in_house boolean;
  v_warnings text[] := array[]::text[];
  v_from date;
begin
  perform app.require('hotel:bookings:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.room_id = p_room_id and v_booking.status = 'confirmed' then
    return app.booking_json(p_booking_id);
  end if;
  v_today := app.today(v_booking.property_id);
  v_in_house := v_booking.checkin_status = 'CHECKED_IN';
  perform app.reason_must_be_given(p_reason);
  perform app.stay_must_go_on(v_booking, v_today);
  perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id, app.find_room(v_booking.property_id, null, p_room_id)]);
  if p_room_id is null then
    raise exception 'Say which room.' using errcode = 'PT422', detail = 'field_missing', hint = 'Give p_room_id.';
  end if;

  -- the stay
  if v_in_house then
    v_warnings := app.room_must_be_ready(p_room_id, v_today);
    v_from := greatest(v_today, v_booking.check_in);
    perform app.lock_stay_nights(v_booking, p_room_id, v_from, v_booking.check_out);
    perform app.stay_must_fit(v_booking, p_room_id, v_from, v_booking.check_out);
  else
    v_from := app.prepare_stay(v_booking, p_room_id, v_booking.check_in, v_booking.check_out);
  end if;
  update public.bookings as b
  set room_id = p_room_id, updated_at = app.now()
  where b.tenant_id = v_booking.tenant_id and b.id = p_booking_id;
  if not v_in_house then
    perform app.release_stays(p_booking_id);
  end if;
  perform app.lay_out_stay(p_booking_id, p_room_id, v_from, v_booking.check_out, btrim(p_reason));

  -- the house
  if v_in_house then
    perform app.change_rooms(v_booking.room_id, p_room_id);
    perform app.cleaning_follows_move(v_booking);
  end if;
  perform app.requests_follow_guest(p_booking_id, p_room_id);
  perform app.emit_event('booking.room_changed', v_booking.property_id, p_booking_id, null, 'booking', p_booking_id,
    jsonb_build_object('from_room_id', v_booking.room_id, 'room_id', p_room_id, 'from', v_from));
  perform app.note_warnings(v_booking.property_id, p_room_id, v_warnings);
  return app.booking_json(p_booking_id) || jsonb_build_object('warnings', to_jsonb(v_warnings));
end
$$;

alter function api.move_room(uuid, uuid, text) owner to engine;
comment on function api.move_room(uuid, uuid, text) is
  'Gives a confirmed booking another room: from today for a guest in house, for the whole stay before arrival. A booking already in that room is answered as it is.';
revoke all on function api.move_room(uuid, uuid, text) from public;
grant execute on function api.move_room(uuid, uuid, text) to staff, admin;
