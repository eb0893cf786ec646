-- clock_health: whether the clock goes, for whoever looks after the machine; the API shows it as api.last_tick.
-- real clock: a clock that stands still is seen from outside it
create or replace view app.clock_health
with (security_invoker = true) as
select t.ticked_at, round(extract(epoch from t.took) * 1000)::integer as took_ms,
       t.ticked_at < clock_timestamp() - interval '3 minutes' as is_late,
       (select count(*)::integer from app.job_runs as r where r.ran_at = t.ran_at) as jobs
from app.last_tick as t;

comment on view app.clock_health is 'One row, for the service and whoever may change settings: when the last tick ended, how long it took, whether it is late (three minutes), and how many jobs ran in it at the properties the reader sees (the service: all).';
grant select on app.clock_health to service, staff, admin;
