-- lay_out_overstay: a guest who left late was in the room until then.
create or replace function app.lay_out_overstay(p_booking public.bookings, p_today date)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_until date;
begin
  select least(p_today, min(s.starts_on)) into v_until
  from public.stays as s
  where s.tenant_id = p_booking.tenant_id
    and s.room_id = p_booking.room_id
    and s.booking_id <> p_booking.id
    and s.released_at is null
    and s.starts_on >= p_booking.check_out;

  if v_until > p_booking.check_out then
    perform app.lock_stay_nights(p_booking, p_booking.room_id, p_booking.check_in, v_until);
    perform app.lay_out_stay(p_booking.id, p_booking.room_id, p_booking.check_out, v_until);
  end if;
end
$$;

comment on function app.lay_out_overstay(public.bookings, date) is
  'Lengthens the last segment to the actual day, or to the day for which the room is promised to the next guest: the book never says that two had it.';
