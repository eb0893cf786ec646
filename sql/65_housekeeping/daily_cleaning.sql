-- daily_cleaning: the rooms of guests who want it every day are on the day's list.
-- may:      called by run_job
-- refuses:  nothing
-- then:     a cleaning request or a reason for each booking, once a day; housekeeping is told the list
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.daily_cleaning(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_batch constant integer := 500;
  v_property public.properties;
  v_today date;
  v_decided uuid[];
  v_bookings public.bookings[];
  v_planned integer;
  v_unlocked integer;
begin
  select p.* into v_property from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_run.property_id;
  v_today := (p_run.slot at time zone v_property.time_zone)::date;

  -- by an array: a join would be planned for the empty log that the statistics of yesterday remember
  v_decided := array(
    select d.booking_id from housekeeping.daily_cron_log as d
    where d.tenant_id = v_property.tenant_id and d.property_id = p_run.property_id and d.on_date = v_today);
  -- lock: who is being checked out or moved right now is looked at with the next tick
  select coalesce(array_agg(l.booking), '{}') into v_bookings
  from (
    select b as booking
    from public.bookings as b
    where b.tenant_id = v_property.tenant_id and b.property_id = p_run.property_id and b.checkin_status = 'CHECKED_IN' and b.auto_daily_cleaning
      and b.id <> all (v_decided)
    order by b.id
    limit c_batch
    for share of b skip locked) as l;

  v_planned := app.plan_cleanings(v_property, v_bookings, v_today);
  v_decided := v_decided || array(select l.id from unnest(v_bookings) as l);
  select count(*) into v_unlocked
  from public.bookings as b
  where b.tenant_id = v_property.tenant_id and b.property_id = p_run.property_id and b.checkin_status = 'CHECKED_IN' and b.auto_daily_cleaning
    and b.id <> all (v_decided);
  if v_unlocked = 0 then
    perform app.tell_days_cleaning(v_property, v_today);
  end if;
  return jsonb_build_object('planned', v_planned, 'skipped', cardinality(v_bookings) - v_planned, 'is_unfinished', v_unlocked > 0);
end
$$;

alter function app.daily_cleaning(app.job_runs) owner to engine;
comment on function app.daily_cleaning(app.job_runs) is 'For CHECKED_IN bookings with auto_daily_cleaning, 500 a tick, on the local day of the slot. Each decision is a row of housekeeping.daily_cron_log.';
revoke all on function app.daily_cleaning(app.job_runs) from public, service;
