-- reset_do_not_disturb: a day's do-not-disturb ends with the day.
-- may:      called by run_job
-- refuses:  nothing
-- then:     {"bookings": how many}; their rooms may be knocked at again
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.reset_do_not_disturb(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_count integer;
begin
  -- lock: bookings, then rooms
  perform from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.property_id = p_run.property_id and b.cleaning_dnd_today
  order by b.id
  for no key update;
  perform from public.rooms as m
  where m.tenant_id = app.tenant_id() and m.property_id = p_run.property_id and m.service_status = 'do_not_disturb'
  order by m.id
  for no key update;

  update public.bookings as b set cleaning_dnd_today = false, updated_at = app.now()
  where b.tenant_id = app.tenant_id() and b.property_id = p_run.property_id and b.cleaning_dnd_today
    and coalesce(b.cleaning_dnd_at <= p_run.slot, true);
  get diagnostics v_count = row_count;
  update public.rooms as m set service_status = 'none', updated_at = app.now()
  where m.tenant_id = app.tenant_id() and m.property_id = p_run.property_id and m.service_status = 'do_not_disturb'
    and not exists (select from public.bookings as b
                    where b.tenant_id = m.tenant_id and b.room_id = m.id and b.checkin_status = 'CHECKED_IN' and b.cleaning_dnd_today);
  return jsonb_build_object('bookings', v_count);
end
$$;

alter function app.reset_do_not_disturb(app.job_runs) owner to engine;
comment on function app.reset_do_not_disturb(app.job_runs) is 'Clears cleaning_dnd_today and the rooms'' do_not_disturb that were asked for before the slot: a late tick takes nothing from the new day.';
revoke all on function app.reset_do_not_disturb(app.job_runs) from public, service;
