-- tick: what is due, asked once a minute.
-- may:      pg_cron, and the worker where there is no pg_cron
-- refuses:  nothing
-- then:     idempotency keys of a week ago and limits of yesterday are forgotten, yesterday's alert of guessed codes is closed
-- definer because it forgets what belongs to every tenant.
-- real clock: limits are forgotten a day after they were hit
create or replace function app.tick()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.tick', 0)) then
    return;
  end if;
  delete from app.idempotency_keys as k
  where k.ctid = any (array(
    select o.ctid from app.idempotency_keys as o where o.created_at < app.now() - interval '7 days' limit 5000));
  delete from app.limits as l where l.window_start < clock_timestamp() - interval '1 day';
  perform app.end_finished_guest_sessions();
  update app.platform_alerts as a
  set resolved_at = app.now()
  where a.kind = 'code_guessing' and a.resolved_at is null and a.raised_at < app.now() - interval '1 day';
end
$$;

comment on function app.tick() is 'Runs every minute; a second one at the same time does nothing. Late, doubled and missed ticks change nothing.';
revoke all on function app.tick() from public, engine;
