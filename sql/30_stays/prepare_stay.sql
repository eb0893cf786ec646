-- prepare_stay: a stay that has not begun is about to be taken.
-- refuses:  room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.prepare_stay(p_booking public.bookings, p_room_id uuid, p_check_in date, p_check_out date)
returns date
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_today date := app.today(p_booking.property_id);
  v_from date := p_check_in;
begin
  perform app.lock_stay_nights(p_booking, p_room_id, p_check_in, p_check_out);

  -- a late guest gets the room from today, where someone else had it until then
  if p_room_id is not null and p_check_in < v_today and not exists (
    select from app.available_rooms(p_booking.property_id, p_check_in, least(v_today, p_check_out), p_booking.id) as a
    where p_room_id = any (a.room_ids)) then
    v_from := least(v_today, p_check_out);
  end if;
  if v_from < p_check_out or p_check_in = p_check_out then
    perform app.stay_must_fit(p_booking, p_room_id, v_from, p_check_out);
  end if;
  return v_from;
end
$$;

comment on function app.prepare_stay(public.bookings, uuid, date, date) is
  'Locks the nights, refuses what does not fit, and returns the day from which the room can be had: check-in, or today for a guest who comes late.';
