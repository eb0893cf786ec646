-- lock_stay_nights: every night a change of this booking may count on, of every type concerned.
create or replace function app.lock_stay_nights(p_booking public.bookings, p_room_id uuid, p_from date, p_until date)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.lock_nights(
    p_booking.tenant_id,
    array_append(
      array(select r.room_type_id from public.rooms as r
            where r.tenant_id = p_booking.tenant_id and r.id in (p_room_id, p_booking.room_id)),
      p_booking.room_type_id),
    least(p_from, p_booking.check_in),
    greatest(p_until, p_booking.check_out))
$$;

comment on function app.lock_stay_nights(public.bookings, uuid, date, date) is 'Locks the nights of the booking as it is and as it will be, for the type booked and the types of the old and the new room.';
