-- guest_must_be_due: only a guest who is expected today is checked in.
-- refuses:  booking_not_confirmed, booking_checked_out, guest_is_in_another_room, arrival_is_in_the_future, stay_is_over
create or replace function app.guest_must_be_due(p_booking public.bookings, p_today date)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_booking.status <> 'confirmed' then
    raise exception 'This booking is %, not confirmed.', app.printed(replace(p_booking.status, '_', ' '))
      using errcode = 'PT409', detail = 'booking_not_confirmed', hint = 'Confirm it first.';
  elsif p_booking.checkin_status = 'CHECKED_IN' then
    raise exception 'The guest is in house already, in another room.'
      using errcode = 'PT409', detail = 'guest_is_in_another_room', hint = 'Use move_room.';
  elsif p_booking.checkin_status = 'CHECKED_OUT' then
    raise exception 'The guest has checked out already.'
      using errcode = 'PT409', detail = 'booking_checked_out', hint = 'Make a new booking.';
  elsif p_booking.check_in > p_today then
    raise exception 'The guest arrives on %, not yet.', app.printed(p_booking.check_in)
      using errcode = 'PT409', detail = 'arrival_is_in_the_future', hint = 'For an earlier arrival change the dates first.';
  elsif p_booking.check_out < p_today then
    raise exception 'The stay ended on %.', app.printed(p_booking.check_out)
      using errcode = 'PT409', detail = 'stay_is_over', hint = 'Extend it first, or make a new booking.';
  end if;
end
$$;

comment on function app.guest_must_be_due(public.bookings, date) is 'Refuses check-in unless the booking is confirmed, not begun, and the day is between arrival and departure.';
