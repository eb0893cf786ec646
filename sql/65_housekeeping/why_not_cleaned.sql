-- why_not_cleaned: what speaks against cleaning a guest's room on a day.
create or replace function app.why_not_cleaned(p_booking public.bookings, p_on date, p_time_zone text, p_is_cleaned boolean, p_is_listed boolean)
returns text
language sql
stable
begin atomic
  select case
    when p_booking.cleaning_skip_on = p_on then 'guest_said_skip'
    when p_booking.cleaning_dnd_today then 'do_not_disturb'
    when (p_booking.checked_in_at at time zone p_time_zone)::date >= p_on then 'arrival_day'
    when p_booking.check_out <= p_on then 'departure_day'
    when p_is_cleaned then 'cleaned_already'
    when p_is_listed then 'planned_already'
  end;
end;

comment on function app.why_not_cleaned(public.bookings, date, text, boolean, boolean) is
  'The first reason that holds, in this order: the guest said skip, do not disturb, arrival day, departure day, cleaned today already, on the list already; null: it is cleaned.';
