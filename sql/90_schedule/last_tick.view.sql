-- last_tick: whether the clock goes, and what its last tick did.
-- real clock: a clock that stands still is seen from outside it
create or replace view api.last_tick
with (security_invoker = true) as
select t.ticked_at, round(extract(epoch from t.took) * 1000)::integer as took_ms,
       t.ticked_at < clock_timestamp() - interval '3 minutes' as is_late,
       (select count(*)::integer from app.job_runs as r where r.ran_at = t.ran_at) as jobs
from app.last_tick as t;

comment on view api.last_tick is 'One row, for whoever may change settings: when the last tick ended, how long it took, whether it is late (three minutes), and how many jobs of the viewer''s properties ran in it.';
grant select on api.last_tick to staff, admin;
