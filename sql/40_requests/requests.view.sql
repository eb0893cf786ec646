-- requests: every request the member may see, as reception reads it.
-- Left joins, also where there always is a row: inner ones let the planner begin elsewhere and read a tenant's whole past.
create or replace view api.requests
with (security_invoker = true) as
select
  r.id, r.number, r.property_id, p.code as property_code, m.room_number, r.booking_id,
  -- who may not read bookings still has to call the guest by name
  coalesce(b.guest_name, (select g.first_name || ' ' || g.last_name from public.guests as g where g.tenant_id = r.tenant_id and g.id = r.guest_id)) as guest_name,
  r.type_slug, app.label(t.label) as type_label, r.subtype,
  (select app.label(s -> 'label') from jsonb_array_elements(t.subtypes) as s where s ->> 'key' = r.subtype) as subtype_label,
  app.label(r.title) as title, r.status,
  (select app.label(v.workflow -> 'statuses' -> r.status -> 'label')
   from portal.workflow_versions as v where v.tenant_id = r.tenant_id and v.id = r.workflow_version_id) as status_label,
  r.phase, r.outcome, r.priority, r.severity, t.team_key, t.icon,
  r.assignee_id, a.display_name as assignee_name, r.driver, r.scheduled_for, r.note, r.details, r.total, r.currency, r.tax_mode,
  app.tax_amounts(r.subtype_price, r.subtype_taxes, r.tax_mode, r.currency) as subtype_taxes,
  r.source, r.on_behalf_of, r.last_actor_name, r.created_at, r.updated_at, r.resolved_at, r.closed_at, r.workflow_version_id
from portal.requests as r
left join public.properties as p on p.tenant_id = r.tenant_id and p.id = r.property_id
left join portal.request_types as t on t.tenant_id = r.tenant_id and t.id = r.request_type_id
left join public.rooms as m on m.tenant_id = r.tenant_id and m.id = r.room_id
left join public.bookings as b on b.tenant_id = r.tenant_id and b.id = r.booking_id
left join identity.memberships as a on a.tenant_id = r.tenant_id and a.id = r.assignee_id;

comment on view api.requests is 'Requests with room, guest, type and labels in the viewer''s language. What is still to be worked on is open_requests.';
grant select on api.requests to staff, admin;
