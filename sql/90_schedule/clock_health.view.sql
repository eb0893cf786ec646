-- clock_health: whether the clock goes, for whoever looks after the machine.
-- real clock: a clock that stands still is seen from outside it
create or replace function app.clock_health()
returns table (ticked_at timestamptz, took_ms integer, jobs integer, is_late boolean)
language sql
stable
set search_path = ''
as $$
  select t.ticked_at, round(extract(epoch from t.took) * 1000)::integer,
         (select count(*)::integer from app.job_runs as r where r.ran_at = t.ran_at),
         t.ticked_at < clock_timestamp() - interval '3 minutes'
  from app.last_tick as t
$$;

comment on function app.clock_health() is 'One row: when the last tick ended, how long it took, how many jobs ran in it at all properties, whether nobody has ticked for three minutes since.';
revoke all on function app.clock_health() from public, engine;
grant execute on function app.clock_health() to service;
