-- set_stay_dates: a booking that is locked gets other dates.
-- refuses:  booking_not_open, booking_checked_out, booking_check_out_is_not_before_check_in, booking_is_at_most_a_year, arrival_is_past, stay_is_over, room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.set_stay_dates(p_booking public.bookings, p_check_in date, p_check_out date)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_from date;
begin
  perform app.stay_may_change(p_booking, p_check_in, p_check_out);
  perform app.lock_rooms(p_booking.property_id, array[p_booking.room_id]);

  -- what is held is taken anew; a draft holds nothing
  if p_booking.checkin_status = 'CHECKED_IN' then
    v_from := least(p_booking.check_out, p_check_out);
    perform app.lock_stay_nights(p_booking, p_booking.room_id, p_check_in, p_check_out);
    if p_check_out > p_booking.check_out then
      perform app.stay_must_fit(p_booking, p_booking.room_id, v_from, p_check_out);
    end if;
  elsif p_booking.status <> 'draft' then
    v_from := app.prepare_stay(p_booking, p_booking.room_id, p_check_in, p_check_out);
  end if;

  -- an hour agreed for a day holds for that day
  update public.bookings as b
  set check_in = p_check_in, check_out = p_check_out, updated_at = app.now(),
      agreed_check_in_time = case when b.check_in = p_check_in then b.agreed_check_in_time end,
      agreed_check_out_time = case when b.check_out = p_check_out then b.agreed_check_out_time end,
      total_price = b.total_price + b.nightly_rate * (greatest(p_check_out - p_check_in, 1) - greatest(b.nights, 1))
  where b.tenant_id = p_booking.tenant_id and b.id = p_booking.id;
  if v_from is not null and p_booking.room_id is not null then
    if p_booking.checkin_status = 'PENDING' then
      perform app.release_stays(p_booking.id);
    end if;
    perform app.lay_out_stay(p_booking.id, p_booking.room_id, v_from, p_check_out);
  end if;

  perform app.orders_follow_stay(p_booking.id);
  perform app.emit_event('booking.dates_changed', p_booking.property_id, p_booking.id, null, 'booking', p_booking.id,
    jsonb_build_object('check_in', p_check_in, 'check_out', p_check_out,
                       'was_check_in', p_booking.check_in, 'was_check_out', p_booking.check_out));
end
$$;

comment on function app.set_stay_dates(public.bookings, date, date) is
  'Takes and gives back nights, lets the price follow them at the booking''s own rate, and menu orders of other days expire. The booking is as lock_booking gave it, before the change.';
