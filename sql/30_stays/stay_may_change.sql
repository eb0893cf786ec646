-- stay_may_change: which dates a booking may still be given.
-- refuses:  booking_not_open, booking_checked_out, booking_check_out_is_not_before_check_in, booking_is_at_most_a_year, arrival_is_past, stay_is_over
create or replace function app.stay_may_change(p_booking public.bookings, p_check_in date, p_check_out date)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.stay_dates_must_be_sane(p_check_in, p_check_out);
  if p_booking.status not in ('draft', 'pending', 'confirmed') then
    raise exception 'This booking is %.', app.printed(replace(p_booking.status, '_', ' '))
      using errcode = 'PT409', detail = 'booking_not_open', hint = 'Make a new booking.';
  elsif p_booking.checkin_status = 'CHECKED_OUT' then
    raise exception 'The guest has checked out already.'
      using errcode = 'PT409', detail = 'booking_checked_out', hint = 'Make a new booking.';
  elsif p_booking.checkin_status = 'CHECKED_IN' and p_check_in <> p_booking.check_in then
    raise exception 'The guest arrived on %; that day stands.', app.printed(p_booking.check_in)
      using errcode = 'PT409', detail = 'arrival_is_past', hint = 'In house only check_out can change.';
  elsif p_check_out < app.today(p_booking.property_id) then
    raise exception 'Check-out % has passed.', app.printed(p_check_out)
      using errcode = 'PT409', detail = 'stay_is_over', hint = 'Give today or a later day.';
  end if;
end
$$;

comment on function app.stay_may_change(public.bookings, date, date) is 'Refuses dates in the wrong order, in the past, or of a booking that is over; in house the arrival stands.';
