-- tell_cleaning_change: the guest hears what holds now, once.
create or replace function app.tell_cleaning_change(p_before public.bookings, p_after public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_is_left_out boolean := p_after.cleaning_dnd_today and not p_before.cleaning_dnd_today
    or p_after.cleaning_skip_on is not null and p_after.cleaning_skip_on is distinct from p_before.cleaning_skip_on;
begin
  if (p_after.auto_daily_cleaning, p_after.cleaning_pref_time) is distinct from (p_before.auto_daily_cleaning, p_before.cleaning_pref_time) then
    perform app.notify_guest(
      p_after.id, 'cleaning_pref_changed',
      jsonb_build_object('preference', app.cleaning_words(p_after)),
      null, format('cleaning_pref_changed:%s:%s', p_after.id, pg_current_xact_id()));
  elsif v_is_left_out then
    perform app.notify_guest(p_after.id, 'cleaning_skip_confirmed', '{}', null, format('cleaning_skip:%s:%s', p_after.id, pg_current_xact_id()));
  end if;
end
$$;

comment on function app.tell_cleaning_change(public.bookings, public.bookings) is 'cleaning_pref_changed where daily cleaning or its time changed, cleaning_skip_confirmed where today is left out.';
