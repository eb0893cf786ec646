-- stay_must_fit: a stay is taken only where it fits.
-- refuses:  room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.stay_must_fit(
  p_booking public.bookings,
  p_room_id uuid,
  p_from date,
  p_until date
)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_room record;
  v_offer record;
begin
  select r.room_number, r.room_type_id into v_room
  from public.rooms as r
  where r.tenant_id = p_booking.tenant_id and r.id = p_room_id;

  select a.* into v_offer
  from app.available_rooms(p_booking.property_id, p_from, p_until, p_booking.id) as a
  where a.room_type_id = coalesce(v_room.room_type_id, p_booking.room_type_id);

  if p_room_id is not null and p_room_id <> all (v_offer.room_ids) then
    raise exception 'Room % is taken or closed between % and %.', app.printed(v_room.room_number), app.printed(p_from), app.printed(p_until)
      using errcode = 'PT409', detail = 'room_is_not_double_booked',
            hint = app.free_rooms_hint(p_booking.property_id, p_from, p_until, p_booking.id);
  end if;
  if v_offer.sellable < 1 then
    raise exception '% is sold out between % and %.', app.printed(v_offer.room_type_name), app.printed(p_from), app.printed(p_until)
      using errcode = 'PT409', detail = 'room_type_is_not_oversold',
            hint = app.free_rooms_hint(p_booking.property_id, p_from, p_until, p_booking.id);
  end if;
end
$$;

comment on function app.stay_must_fit(public.bookings, uuid, date, date) is
  'Refuses, with what is free instead, unless the room (or, without one, a room of the type booked) can be had over [p_from, p_until). Asked under the locks; the constraints behind it hold in any case.';
