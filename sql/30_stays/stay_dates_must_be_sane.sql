-- stay_dates_must_be_sane: a stay ends on or after the day it begins, within a year.
-- refuses:  booking_check_out_is_not_before_check_in, booking_is_at_most_a_year
create or replace function app.stay_dates_must_be_sane(p_check_in date, p_check_out date)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_check_out < p_check_in then
    raise exception 'Check-out % is before check-in %.', app.printed(p_check_out), app.printed(p_check_in)
      using errcode = 'PT422', detail = 'booking_check_out_is_not_before_check_in', hint = 'The same day is a day use.';
  end if;
  if p_check_out - p_check_in > 366 then
    raise exception 'A booking is at most a year long.'
      using errcode = 'PT422', detail = 'booking_is_at_most_a_year', hint = 'Make two bookings.';
  end if;
end
$$;

comment on function app.stay_dates_must_be_sane(date, date) is 'Says in words what the constraints of these names hold.';
