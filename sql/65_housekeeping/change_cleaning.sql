-- change_cleaning: what a guest wants of cleaning, wherever it was said.
-- may:      called by commands, which have found the booking and hold it
-- refuses:  nothing
-- then:     the booking keeps it; today's unbegun cleaning is skipped where the guest wants none; one message says what holds now
create or replace function app.change_cleaning(p_booking public.bookings, p_wish jsonb, p_source text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_today date := app.today(p_booking.property_id);
  v_now public.bookings;
  v_request portal.requests;
begin
  update public.bookings as b
  set auto_daily_cleaning = coalesce((p_wish ->> 'daily')::boolean, b.auto_daily_cleaning),
      cleaning_pref_time = case when p_wish ? 'time' then (p_wish ->> 'time')::time else b.cleaning_pref_time end,
      cleaning_dnd_today = coalesce((p_wish ->> 'do_not_disturb_today')::boolean, b.cleaning_dnd_today),
      cleaning_dnd_at = case when (p_wish ->> 'do_not_disturb_today')::boolean then app.now() else b.cleaning_dnd_at end,
      cleaning_skip_on = case (p_wish ->> 'skip_today')::boolean when true then v_today when false then null else b.cleaning_skip_on end,
      cleaning_opted_in_at = case when (p_wish ->> 'daily')::boolean and not b.auto_daily_cleaning then app.now() else b.cleaning_opted_in_at end,
      cleaning_opt_in_source = case when (p_wish ->> 'daily')::boolean and not b.auto_daily_cleaning then p_source else b.cleaning_opt_in_source end,
      updated_at = app.now()
  where b.tenant_id = p_booking.tenant_id and b.id = p_booking.id
  returning b.* into v_now;

  if v_now.cleaning_dnd_today <> p_booking.cleaning_dnd_today and v_now.checkin_status = 'CHECKED_IN' then
    update public.rooms as m
    set service_status = case when v_now.cleaning_dnd_today then 'do_not_disturb' else 'none' end, updated_at = app.now()
    where m.tenant_id = v_now.tenant_id and m.id = v_now.room_id;
  end if;
  if v_now.cleaning_dnd_today or v_now.cleaning_skip_on = v_today then
    for v_request in
      select r.*
      from portal.requests as r
      where r.tenant_id = v_now.tenant_id and r.booking_id = v_now.id and r.type_slug = 'cleaning' and r.subtype = 'daily_clean' and r.status in ('new', 'assigned')
      order by r.id
      for no key update
    loop
      perform app.perform_action(v_request, 'skip', jsonb_build_object('reason', 'The guest wants none today.'));
    end loop;
  end if;
  perform app.tell_cleaning_change(p_booking, v_now);
end
$$;

comment on function app.change_cleaning(public.bookings, jsonb, text) is
  'p_wish: {daily, time, do_not_disturb_today, skip_today}, each left out stays. p_source portal, whatsapp or staff. The same again changes and says nothing.';
