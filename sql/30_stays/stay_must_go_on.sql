-- stay_must_go_on: only a confirmed stay with something left of it can be moved.
-- refuses:  booking_not_confirmed, booking_checked_out, stay_is_over
create or replace function app.stay_must_go_on(p_booking public.bookings, p_today date)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_booking.status <> 'confirmed' then
    raise exception 'This booking is %, not confirmed.', app.printed(replace(p_booking.status, '_', ' '))
      using errcode = 'PT409', detail = 'booking_not_confirmed', hint = 'Confirm it first.';
  elsif p_booking.checkin_status = 'CHECKED_OUT' then
    raise exception 'The guest has checked out already.'
      using errcode = 'PT409', detail = 'booking_checked_out';
  elsif p_booking.check_out < p_today or (p_booking.check_out = p_today and p_booking.check_in < p_today) then
    raise exception 'The stay ends on %; no night of it is left.', app.printed(p_booking.check_out)
      using errcode = 'PT409', detail = 'stay_is_over', hint = 'Extend it first with change_stay_dates.';
  end if;
end
$$;

comment on function app.stay_must_go_on(public.bookings, date) is 'Refuses a move of what is not confirmed, has ended, or ends today.';
