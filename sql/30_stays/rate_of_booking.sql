-- rate_of_booking: what a night more or less costs.
create or replace function app.rate_of_booking(p_booking public.bookings)
returns numeric
language sql
stable
set search_path = ''
as $$
  select coalesce(p_booking.nightly_rate, (
    select t.price from public.room_types as t where t.tenant_id = p_booking.tenant_id and t.id = p_booking.room_type_id))
$$;

comment on function app.rate_of_booking(public.bookings) is 'The rate agreed, in the booking''s currency; for a booking that came without a price its room type''s.';
