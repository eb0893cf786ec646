-- obey_cleaning: DAILY, SKIP, or a STOP that is about cleaning.
-- may:      called by receive_message, acting as the guest
-- refuses:  nothing
-- then:     the cleaning preference changed, and one answer, also where it held already; false: the stay takes no such word any more
create or replace function app.obey_cleaning(p_booking public.bookings, p_command text)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_before public.bookings;
  v_now public.bookings;
begin
  if p_command = 'stop' then
    -- under the key of the plain answer, which then says nothing more
    perform app.notify_guest(p_booking.id, 'cleaning_stopped', '{}', null, format('cleaning_pref_changed:%s:%s', p_booking.id, pg_current_xact_id()));
  end if;
  if app.answer_cleaning(p_booking.id, p_command, 'whatsapp') is null then
    return false;
  end if;

  -- said again it is answered again
  select b.* into v_now from public.bookings as b where b.tenant_id = p_booking.tenant_id and b.id = p_booking.id;
  v_before := v_now;
  if p_command = 'skip' then
    v_before.cleaning_skip_on := null;
  else
    v_before.auto_daily_cleaning := not v_now.auto_daily_cleaning;
  end if;
  perform app.tell_cleaning_change(v_before, v_now);
  return true;
end
$$;

comment on function app.obey_cleaning(public.bookings, text) is 'Changes what the guest wants of cleaning, source whatsapp. The answer to STOP offers STOP ALL.';
