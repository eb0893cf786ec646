-- lay_out_stay: from a day on, a booking is in this room until another day.
-- refuses:  room_is_not_double_booked
create or replace function app.lay_out_stay(
  p_booking_id uuid,
  p_room_id uuid,
  p_from date,
  p_until date,
  p_moved_because text default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking record;
begin
  select b.property_id, b.check_in into v_booking
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id;

  -- what was to come is given back, what is under way ends here
  update public.stays as s
  set released_at = app.now(), updated_at = app.now()
  where s.tenant_id = app.tenant_id() and s.booking_id = p_booking_id and s.released_at is null and s.starts_on >= p_from;
  update public.stays as s
  set ends_on = p_from, updated_at = app.now()
  where s.tenant_id = app.tenant_id() and s.booking_id = p_booking_id and s.released_at is null and s.ends_on > p_from;

  -- the room from here on; nothing, when the last night has passed and it is no day use
  if p_until = p_from and p_from <> v_booking.check_in then
    return;
  end if;
  update public.stays as s
  set ends_on = p_until, updated_at = app.now()
  where s.tenant_id = app.tenant_id() and s.booking_id = p_booking_id and s.released_at is null
    and s.room_id = p_room_id and s.ends_on = p_from;
  if not found then
    insert into public.stays (tenant_id, booking_id, property_id, room_id, starts_on, ends_on, moved_because, created_at, updated_at)
    values (app.tenant_id(), p_booking_id, v_booking.property_id, p_room_id, p_from, p_until, p_moved_because, app.now(), app.now());
  end if;
exception when exclusion_violation then
  raise exception 'The room is taken between % and %.', app.printed(p_from), app.printed(p_until)
    using errcode = 'PT409', detail = 'room_is_not_double_booked',
          hint = app.free_rooms_hint(v_booking.property_id, p_from, p_until, p_booking_id);
end
$$;

comment on function app.lay_out_stay(uuid, uuid, date, date, text) is
  'Makes the booking''s live segments say: in p_room_id over [p_from, p_until), unchanged before p_from. Dates of the booking are written first, rooms and nights locked. The constraint room_is_not_double_booked decides; here it gets its words.';
