-- last_tick: whether the clock goes, and what its last tick did.
create or replace view api.last_tick
with (security_invoker = true) as
select h.ticked_at, h.took_ms, h.is_late, h.jobs
from app.clock_health as h;

comment on view api.last_tick is 'One row, for whoever may change settings: when the last tick ended, how long it took, whether it is late (three minutes), and how many jobs of the viewer''s properties ran in it.';
grant select on api.last_tick to staff, admin;
