-- lock_booking: the booking a command is about, held until it is done.
-- refuses:  booking_not_found
create or replace function app.lock_booking(p_booking_id uuid)
returns public.bookings
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking public.bookings;
begin
  select b.* into v_booking
  from public.bookings as b
  where b.tenant_id = app.tenant_id()
    and b.id = p_booking_id
    and app.sees_property(b.property_id)
  for no key update;

  if not found then
    raise exception 'There is no such booking.'
      using errcode = 'PT404', detail = 'booking_not_found';
  end if;
  return v_booking;
end
$$;

comment on function app.lock_booking(uuid) is 'Locks a booking, first of a command''s locks. One of another hotel, or of a property the caller does not work at, is not found.';
