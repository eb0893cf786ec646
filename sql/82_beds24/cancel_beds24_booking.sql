-- cancel_beds24_booking: Beds24 says a stay will not be.
-- may:      called by follow_beds24_booking
-- refuses:  booking_in_house, booking_checked_out, booking_is_a_no_show
-- then:     it is cancelled like any other; none, or one that is, stays as it is
create or replace function app.cancel_beds24_booking(p_booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if p_booking.id is not null and p_booking.status <> 'cancelled' then
    perform api.cancel_booking(p_booking.id, 'Cancelled at Beds24.');
  end if;
end
$$;

comment on function app.cancel_beds24_booking(public.bookings) is 'A guest in house is never cancelled by an import: a human hears of it.';
