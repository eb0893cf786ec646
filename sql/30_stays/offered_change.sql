-- offered_change: whether a booking can be changed as wished, and what that costs.
-- refuses:  subtype_unknown, date_not_offered, hour_not_offered, guest_is_in_house, room_type_not_found, booking_not_confirmed, booking_not_open, booking_checked_out, booking_check_out_is_not_before_check_in, booking_is_at_most_a_year, arrival_is_past, stay_is_over, room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.offered_change(p_booking public.bookings, p_subtype text, p_inputs jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_booking.status <> 'confirmed' then
    raise exception 'This booking is %, not confirmed.', app.printed(replace(p_booking.status, '_', ' '))
      using errcode = 'PT409', detail = 'booking_not_confirmed', hint = 'Confirm it first.';
  elsif p_booking.checkin_status = 'CHECKED_OUT' then
    raise exception 'The guest has checked out already.' using errcode = 'PT409', detail = 'booking_checked_out';
  end if;

  case p_subtype
    when 'late_checkout', 'early_checkin' then
      return app.offered_hours(p_booking, p_subtype, p_inputs);
    when 'extend_stay', 'shorten_stay' then
      return app.offered_dates(p_booking, p_subtype, p_inputs);
    when 'room_change' then
      return app.offered_room(p_booking, p_inputs);
    when 'special_occasion' then
      if (p_inputs ->> 'date')::date not between p_booking.check_in and p_booking.check_out then
        raise exception 'The stay is from % to %.', app.printed(p_booking.check_in), app.printed(p_booking.check_out)
          using errcode = 'PT409', detail = 'date_not_offered', hint = 'Choose a day of the stay.';
      end if;
      return jsonb_build_object('quoted', 0);
    else
      raise exception 'Say which change of the stay it is.' using errcode = 'PT422', detail = 'subtype_unknown', hint = 'subtype';
  end case;
end
$$;

comment on function app.offered_change(public.bookings, text, jsonb) is
  'Answers a wish about a stay: what was wished, made exact, with quoted, the amount it costs by the property''s rules in the booking''s currency. Refuses with the reason and what there is instead. Asked before, at submission, and again when it is carried out.';
