-- move_room: a guest, or a booking to come, gets another room.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, booking_not_found, reason_missing, field_missing, booking_not_confirmed, booking_checked_out, stay_is_over, room_not_found, room_not_vacant, room_out_of_order, room_not_ready, room_is_not_double_booked, room_type_is_not_oversold
-- then:     the stay splits today; the old room is vacant and dirty, the new one occupied; open requests follow, and the teams' Slack cards with them
create or replace function api.move_room(p_booking_id uuid, p_room_id uuid, p_reason text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_warnings text[];
begin
  perform app.require('hotel:bookings:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.room_id = p_room_id and v_booking.status = 'confirmed' then
    return app.booking_json(p_booking_id);
  end if;
  perform app.reason_must_be_given(p_reason);
  if p_room_id is null then
    raise exception 'Say which room.' using errcode = 'PT422', detail = 'field_missing', hint = 'Give p_room_id.';
  end if;
  v_warnings := app.give_other_room(v_booking, p_room_id, btrim(p_reason));
  return app.booking_json(p_booking_id) || jsonb_build_object('warnings', to_jsonb(v_warnings));
end
$$;

alter function api.move_room(uuid, uuid, text) owner to engine;
comment on function api.move_room(uuid, uuid, text) is
  'Gives a confirmed booking another room: from today for a guest in house, for the whole stay before arrival. A booking already in that room is answered as it is.';
revoke all on function api.move_room(uuid, uuid, text) from public;
grant execute on function api.move_room(uuid, uuid, text) to staff, admin;
