-- forget_limits: what only counts for a while is forgotten.
-- may:      called by the tick
-- refuses:  nothing
-- then:     idempotency keys of a week ago and limits of yesterday are gone, yesterday's alert of guessed codes is closed
-- real clock: limits are forgotten a day after they were hit
create or replace function app.forget_limits()
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  delete from app.idempotency_keys as k
  where k.ctid = any (array(
    select o.ctid from app.idempotency_keys as o where o.created_at < app.now() - interval '7 days' limit 5000));
  delete from app.limits as l where l.window_start < clock_timestamp() - interval '1 day';
  update app.platform_alerts as a
  set resolved_at = app.now()
  where a.kind = 'code_guessing' and a.resolved_at is null and a.raised_at < app.now() - interval '1 day';
end
$$;

comment on function app.forget_limits() is 'Idempotency keys are kept seven days, counters of tries one.';
