-- change_stay_dates: a stay comes earlier or later, grows or shrinks.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, field_invalid, booking_not_found, booking_not_open, booking_checked_out, booking_check_out_is_not_before_check_in, booking_is_at_most_a_year, arrival_is_past, stay_is_over, room_is_not_double_booked, room_type_is_not_oversold
-- then:     nights are taken and given back; the price follows the nights at the booking's own rate
create or replace function api.change_stay_dates(p_booking_id uuid, p_check_in text default null, p_check_out text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_check_in date;
  v_check_out date;
begin
  perform app.require('hotel:bookings:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  v_check_in := coalesce(app.iso_date(p_check_in, 'check_in'), v_booking.check_in);
  v_check_out := coalesce(app.iso_date(p_check_out, 'check_out'), v_booking.check_out);
  if (v_check_in, v_check_out) <> (v_booking.check_in, v_booking.check_out) then
    perform app.set_stay_dates(v_booking, v_check_in, v_check_out);
  end if;
  return app.booking_json(p_booking_id);
end
$$;

alter function api.change_stay_dates(uuid, text, text) owner to engine;
comment on function api.change_stay_dates(uuid, text, text) is
  'Changes the dates of a booking, written 2026-04-24; a date left out stays; one that has these dates is answered as it is. In house only check_out changes, to today at the earliest. A room promised to someone else is refused with what is free.';
revoke all on function api.change_stay_dates(uuid, text, text) from public;
grant execute on function api.change_stay_dates(uuid, text, text) to staff, admin;
