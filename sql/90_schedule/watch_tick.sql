-- watch_tick: whether anybody ticks at all, asked by somebody else.
-- may:      the worker, now and then
-- refuses:  nothing
-- then:     an alert of the platform stands from the third silent minute to the next tick
-- real clock: a clock that stands still is not noticed by itself
create or replace function app.watch_tick()
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_ticked_at timestamptz := (select t.ticked_at from app.last_tick as t);
  v_is_late boolean := v_ticked_at < clock_timestamp() - interval '3 minutes';
begin
  if v_is_late then
    insert into app.platform_alerts (kind, dedupe_key, details, raised_at)
    select 'tick_late', 'tick_late:' || v_ticked_at, jsonb_build_object('ticked_at', v_ticked_at), app.now()
    on conflict (dedupe_key) do nothing;
  else
    update app.platform_alerts as a set resolved_at = app.now() where a.kind = 'tick_late' and a.resolved_at is null;
  end if;
  return v_is_late;
end
$$;

comment on function app.watch_tick() is 'True when nobody has ticked for three minutes.';
revoke all on function app.watch_tick() from public;
grant execute on function app.watch_tick() to service;
