-- offered_dates: whether a guest can leave on another day.
-- refuses:  date_not_offered, booking_not_open, booking_checked_out, booking_check_out_is_not_before_check_in, booking_is_at_most_a_year, arrival_is_past, stay_is_over, room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.offered_dates(p_booking public.bookings, p_subtype text, p_inputs jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_check_out date := (p_inputs ->> 'check_out')::date;
  v_nights integer;
begin
  if coalesce(v_check_out > p_booking.check_out, false) <> (p_subtype = 'extend_stay') or v_check_out = p_booking.check_out then
    raise exception 'The stay ends on % as it is.', app.printed(p_booking.check_out)
      using errcode = 'PT409', detail = 'date_not_offered',
            hint = case when p_subtype = 'extend_stay' then 'Choose a later day.' else 'Choose an earlier day.' end;
  end if;
  perform app.stay_may_change(p_booking, p_booking.check_in, v_check_out);
  if p_subtype = 'extend_stay' then
    perform app.stay_must_fit(p_booking, p_booking.room_id, p_booking.check_out, v_check_out);
  end if;
  v_nights := greatest(v_check_out - p_booking.check_in, 1) - greatest(p_booking.nights, 1);
  return jsonb_build_object('check_out', v_check_out, 'quoted', greatest(v_nights, 0) * app.rate_of_booking(p_booking));
end
$$;

comment on function app.offered_dates(public.bookings, text, jsonb) is
  'extend_stay or shorten_stay: {check_out, quoted}. Each night more at the booking''s rate; a shorter stay is quoted 0, a fee is the manager''s to name.';
