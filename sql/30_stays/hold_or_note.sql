-- hold_or_note: a new booking is a note (draft) or a hold (pending).
-- refuses:  room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.hold_or_note(p_booking public.bookings, p_status text, p_room_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_from date;
begin
  if p_status = 'pending' then
    -- lock
    perform app.lock_rooms(p_booking.property_id, array[p_room_id]);
    v_from := app.prepare_stay(p_booking, p_room_id, p_booking.check_in, p_booking.check_out);
  end if;

  update public.bookings as b
  set status = p_status, room_id = p_room_id
  where b.tenant_id = p_booking.tenant_id and b.id = p_booking.id
    and (b.status, b.room_id) is distinct from (p_status, p_room_id);
  if p_status = 'pending' and p_room_id is not null then
    perform app.lay_out_stay(p_booking.id, p_room_id, v_from, p_booking.check_out);
  end if;
end
$$;

comment on function app.hold_or_note(public.bookings, text, uuid) is 'Gives a booking just made its status and the room wished for. Only a pending one takes nights and room.';
