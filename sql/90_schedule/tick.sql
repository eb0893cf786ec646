-- tick: what is due, asked once a minute.
-- may:      pg_cron, and the worker where there is no pg_cron
-- refuses:  nothing
-- then:     each step has run by itself; one that failed is an alert of the platform until it succeeds
-- definer because its steps are the platform's own work, on what belongs to every tenant.
create or replace function app.tick()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  -- seals first: they cover what was written before this tick writes
  c_steps constant text[] := array[
    'seal_audit',
    'end_finished_guest_sessions',
    'forget_limits',
    'forget_traces',
    'close_sign_in_alerts',
    'run_jobs'];
  v_step text;
  v_began timestamptz := clock_timestamp();
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.tick', 0)) then
    return;
  end if;

  foreach v_step in array c_steps loop
    perform app.set_caller(null), set_config('app.command', 'tick:' || v_step, true);
    begin
      execute format('select app.%I()', v_step);
      update app.platform_alerts as a
      set resolved_at = app.now()
      where a.kind = 'tick_failed' and a.details ->> 'step' = v_step and a.resolved_at is null;
    exception
      when others then
        insert into app.platform_alerts (kind, dedupe_key, details, raised_at)
        select 'tick_failed', 'tick_failed:' || v_step || ':' || app.now(), jsonb_build_object('step', v_step, 'code', sqlstate), app.now()
        where not exists (select from app.platform_alerts as a
                          where a.kind = 'tick_failed' and a.details ->> 'step' = v_step and a.resolved_at is null);
    end;
  end loop;
  perform app.set_caller(null), set_config('app.command', '', true);
  -- real clock: whether anybody ticks
  update app.last_tick as t set ticked_at = clock_timestamp(), took = clock_timestamp() - v_began, ran_at = app.now();
end
$$;

comment on function app.tick() is 'Runs every minute; a second one at the same time does nothing. Late, doubled and missed ticks change nothing.';
revoke all on function app.tick() from public, engine;
