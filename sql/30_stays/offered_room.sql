-- offered_room: whether a guest can have another room for the rest of the stay.
-- refuses:  room_type_not_found, booking_not_confirmed, booking_checked_out, stay_is_over, room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.offered_room(p_booking public.bookings, p_inputs jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_today date := app.today(p_booking.property_id);
  v_from date := case when p_booking.checkin_status = 'CHECKED_IN' then greatest(v_today, p_booking.check_in) else p_booking.check_in end;
  v_own public.room_types;
  v_wished public.room_types;
  v_room_id uuid;
begin
  perform app.stay_must_go_on(p_booking, v_today);
  select t.* into v_own
  from public.room_types as t
  where t.tenant_id = p_booking.tenant_id
    and t.id = coalesce((select r.room_type_id from public.rooms as r where r.tenant_id = p_booking.tenant_id and r.id = p_booking.room_id),
                        p_booking.room_type_id);
  v_wished := v_own;
  if p_inputs ? 'room_type' then
    v_wished := app.find_room_type(p_booking.property_id, p_inputs ->> 'room_type', null);
  end if;

  -- the one that was chosen, else the first that stands ready
  select o.room_id into v_room_id
  from app.rooms_on_offer(p_booking, v_wished.id) as o
  where not p_inputs ? 'room_id' or o.room_id = (p_inputs ->> 'room_id')::uuid
  order by o.place
  limit 1;
  if v_room_id is null and p_inputs ? 'room_id' then
    raise exception 'Room % is not free until %.',
        app.printed((select r.room_number from public.rooms as r where r.tenant_id = p_booking.tenant_id and r.id = (p_inputs ->> 'room_id')::uuid)),
        app.printed(p_booking.check_out)
      using errcode = 'PT409', detail = 'room_is_not_double_booked',
            hint = app.free_rooms_hint(p_booking.property_id, v_from, p_booking.check_out, p_booking.id);
  end if;
  if v_room_id is null then
    raise exception 'No other % is free until %.', app.printed(v_wished.name), app.printed(p_booking.check_out)
      using errcode = 'PT409', detail = 'room_type_is_not_oversold',
            hint = app.free_rooms_hint(p_booking.property_id, v_from, p_booking.check_out, p_booking.id);
  end if;
  return jsonb_build_object(
    'room_type', v_wished.code, 'room_id', v_room_id,
    'quoted', greatest(v_wished.price - v_own.price, 0) * greatest(p_booking.check_out - v_from, 1));
end
$$;

comment on function app.offered_room(public.bookings, jsonb) is
  'room_change: {room_type, room_id, quoted}: the room that room_id names, else the first free one, of the type wished, else of the same type, for all nights left; the difference of the types'' rates for each of them, never less than nothing.';
