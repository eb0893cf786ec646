-- close_sign_in_alerts: alerts of sign-in are over a day after the last time.
-- may:      called by the tick
-- refuses:  nothing
-- then:     the next time is a new alert
create or replace function app.close_sign_in_alerts()
returns void
language sql
volatile
set search_path = ''
as $$
  update public.alerts as a
  set resolved_at = app.now()
  where a.kind = any (app.alerts_of_sign_in()) and a.resolved_at is null and a.raised_at < app.now() - interval '1 day'
$$;

comment on function app.close_sign_in_alerts() is 'Run by the tick, across tenants; a second call changes nothing.';
revoke all on function app.close_sign_in_alerts() from public, engine, service;
