-- guest_stay_in_room: the stay for which a guest has a room.
-- refuses:  guest_not_in_room
create or replace function app.guest_stay_in_room(p_guest_id uuid, p_room_id uuid)
returns public.bookings
language plpgsql
stable
set search_path = ''
as $$
declare
  v_booking public.bookings;
begin
  select b.* into v_booking
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  where b.tenant_id = app.tenant_id()
    and b.guest_id = p_guest_id
    and b.room_id = p_room_id
    and app.sees_property(b.property_id)
    and b.checkin_status <> 'CHECKED_OUT'
    and app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone)) is not null
  order by b.checkin_status = 'CHECKED_IN' desc, b.check_in
  limit 1;
  if not found then
    raise exception 'This guest has no stay in that room.'
      using errcode = 'PT404', detail = 'guest_not_in_room', hint = 'Give the guest of a booking and the room that the booking was given.';
  end if;
  return v_booking;
end
$$;

comment on function app.guest_stay_in_room(uuid, uuid) is 'The present or next booking of a guest in a room. A guest, a room or a hotel that is not there, or not the caller''s, is refused in the same words.';
