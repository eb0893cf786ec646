-- cleaning_as_json: what holds for a booking's cleaning.
create or replace function app.cleaning_as_json(p_booking_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'daily', b.auto_daily_cleaning, 'time', to_char(b.cleaning_pref_time, 'HH24:MI'), 'times', app.cleaning_times(b.property_id),
      'do_not_disturb_today', b.cleaning_dnd_today, 'skip_today', b.cleaning_skip_on is not distinct from app.today(b.property_id),
      'opted_in_at', b.cleaning_opted_in_at, 'opt_in_source', b.cleaning_opt_in_source)
    from public.bookings as b
    where b.tenant_id = app.tenant_id() and b.id = p_booking_id);
end
$$;

comment on function app.cleaning_as_json(uuid) is '{daily, time, times, do_not_disturb_today, skip_today, opted_in_at, opt_in_source} of a booking.';
