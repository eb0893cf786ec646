-- why_not_cleaned: what speaks against cleaning a guest's room on a day.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.why_not_cleaned(p_booking public.bookings, p_on date, p_time_zone text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return case
    when p_booking.cleaning_skip_on = p_on then 'guest_said_skip'
    when p_booking.cleaning_dnd_today then 'do_not_disturb'
    when (p_booking.checked_in_at at time zone p_time_zone)::date >= p_on then 'arrival_day'
    when p_booking.check_out <= p_on then 'departure_day'
    when exists (
      select from portal.requests as r
      where r.tenant_id = p_booking.tenant_id and r.room_id = p_booking.room_id and r.type_slug = 'cleaning'
        and r.outcome = 'success' and (r.closed_at at time zone p_time_zone)::date = p_on) then 'cleaned_already'
    when exists (
      select from portal.requests as r
      where r.tenant_id = p_booking.tenant_id and r.booking_id = p_booking.id and r.type_slug = 'cleaning'
        and r.phase <> 'closed' and r.subtype in ('one_off', 'daily_clean', 'deep_clean')) then 'planned_already'
  end;
end
$$;

comment on function app.why_not_cleaned(public.bookings, date, text) is
  'The first reason that holds, in this order: the guest said skip, do not disturb, arrival day, departure day, cleaned today already, on the list already; null: it is cleaned.';
