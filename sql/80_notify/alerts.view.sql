-- alerts: what a human has to see to.
create or replace view api.alerts
with (security_invoker = true) as
select a.id, a.property_id, a.kind, a.severity, a.subject, a.details, a.raised_at, a.resolved_at, a.times
from public.alerts as a;

comment on view api.alerts is 'What a human has to see to; open while resolved_at is null.';
grant select on api.alerts to staff, admin;
