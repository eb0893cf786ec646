-- request_types: what can be asked for, with the workflow new requests are born with.
create or replace view api.request_types
with (security_invoker = true) as
select t.id, t.slug, app.label(t.label) as label, t.label as labels, t.icon, t.position, t.team_key, t.feature, t.charge_category,
       t.needs_identified, t.takes_items, t.catalog_kind, t.asks, t.subtypes, t.is_offered, t.stuck_minutes, v.version, v.workflow
from portal.request_types as t
left join portal.workflow_versions as v on v.tenant_id = t.tenant_id and v.id = t.current_version_id;

comment on view api.request_types is 'Request types with their current workflow. stuck_minutes: without a step for so long its team is told, unless a property sets its own; 0: never.';
grant select on api.request_types to staff, admin;
