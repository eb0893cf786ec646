-- forget_limits: what only counts for a while is forgotten.
-- may:      called by the tick
-- refuses:  nothing
-- then:     limits of yesterday are gone, yesterday's alerts of guessed codes and of sign-in are closed
-- real clock: limits are forgotten a day after they were hit
create or replace function app.forget_limits()
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  delete from app.limits as l where l.window_start < clock_timestamp() - interval '1 day';
  update app.platform_alerts as a
  set resolved_at = app.now()
  where a.kind in ('code_guessing', 'registration_burst', 'sign_in_locked', 'refresh_reused') and a.resolved_at is null and a.raised_at < app.now() - interval '1 day';
end
$$;

comment on function app.forget_limits() is 'Counters of tries are kept a day.';
