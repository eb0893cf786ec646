-- check_in_guest: a booked guest takes the room.
-- may:      hotel:checkin:write
-- refuses:  permission_missing, booking_not_found, booking_not_confirmed, booking_checked_out, guest_is_in_another_room, arrival_is_in_the_future, stay_is_over, room_not_assigned, room_not_found, room_not_vacant, room_out_of_order, room_not_ready, room_is_not_double_booked, room_type_is_not_oversold
-- then:     the room is occupied, the folio opens, open requests find the room, guest and reception are told
create or replace function api.check_in_guest(p_booking_id uuid, p_room_id uuid default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_today date;
  v_room_id uuid;
  v_warnings text[];
  v_from date;
begin
  perform app.require('hotel:checkin:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.checkin_status = 'CHECKED_IN' and (p_room_id is null or p_room_id = v_booking.room_id) then
    return app.booking_json(p_booking_id);
  end if;
  v_today := app.today(v_booking.property_id);
  perform app.guest_must_be_due(v_booking, v_today);
  v_room_id := coalesce(p_room_id, v_booking.room_id);
  if v_room_id is null then
    raise exception 'No room has been given to this booking yet.'
      using errcode = 'PT409', detail = 'room_not_assigned',
            hint = app.free_rooms_hint(v_booking.property_id, v_booking.check_in, v_booking.check_out, p_booking_id);
  end if;
  perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id, v_room_id]);
  v_warnings := app.room_must_be_ready(v_room_id, v_today);

  -- the room, if it is not the one already held
  if v_room_id is distinct from v_booking.room_id then
    v_from := app.prepare_stay(v_booking, v_room_id, v_booking.check_in, v_booking.check_out);
  end if;
  update public.bookings as b
  set checkin_status = 'CHECKED_IN', room_id = v_room_id, checked_in_at = app.now(), updated_at = app.now()
  where b.tenant_id = v_booking.tenant_id and b.id = p_booking_id;
  if v_from is not null then
    perform app.release_stays(p_booking_id);
    perform app.lay_out_stay(p_booking_id, v_room_id, v_from, v_booking.check_out);
  end if;

  -- the house
  update public.rooms as r
  set occupancy = 'occupied', updated_at = app.now()
  where r.tenant_id = v_booking.tenant_id and r.id = v_room_id;
  perform app.requests_follow_guest(p_booking_id, v_room_id);
  perform app.open_folio(p_booking_id);
  perform app.notify_guest(p_booking_id, 'checkin_welcome_cleaning_opt_in', '{}', null, 'checkin_welcome:' || p_booking_id);
  perform app.notify_team(v_booking.property_id, 'reception', 'guest_checked_in',
    jsonb_build_object('check_out', v_booking.check_out, 'actor', app.actor_name()), null, 'checked_in:' || p_booking_id, p_booking_id);
  perform app.emit_event('booking.checked_in', v_booking.property_id, p_booking_id, null, 'booking', p_booking_id,
    jsonb_build_object('room_id', v_room_id));
  perform app.note_warnings(v_booking.property_id, v_room_id, v_warnings);
  return app.booking_json(p_booking_id) || jsonb_build_object('warnings', to_jsonb(v_warnings));
end
$$;

alter function api.check_in_guest(uuid, uuid) owner to engine;
comment on function api.check_in_guest(uuid, uuid) is
  'Checks a guest in, into the room held or into p_room_id. A guest already in that room is answered as he is. warnings names what the property lets pass.';
revoke all on function api.check_in_guest(uuid, uuid) from public;
grant execute on function api.check_in_guest(uuid, uuid) to staff, admin;
