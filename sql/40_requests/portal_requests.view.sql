-- portal_requests: the guest's own requests.
create or replace view api.portal_requests
with (security_invoker = true) as
select r.id, r.number, r.type_slug, app.label(t.guest_label) as type_label, r.subtype,
       (select app.label(s -> 'label') from jsonb_array_elements(t.subtypes) as s where s ->> 'key' = r.subtype) as subtype_label,
       app.label(r.title) as title, r.status,
       app.label(coalesce(v.workflow -> 'statuses' -> r.status -> 'guest_label', v.workflow -> 'statuses' -> r.status -> 'label')) as status_label,
       r.phase, r.outcome, r.severity, r.scheduled_for, r.note, r.total, r.currency, t.icon,
       coalesce((select jsonb_agg(jsonb_build_object(
            'sku', l.sku, 'name', app.label(l.name), 'quantity', l.quantity, 'unit_price', l.unit_price,
            'total', l.quantity * l.unit_price, 'is_complimentary', l.is_complimentary) order by l.line_number)
        from portal.request_lines as l where l.tenant_id = r.tenant_id and l.request_id = r.id),
       (select jsonb_agg(jsonb_build_object(
            'sku', null, 'name', app.label(n.name), 'quantity', l.quantity, 'unit_price', l.unit_price,
            'total', l.quantity * l.unit_price, 'is_complimentary', false) order by l.line_number)
        from service_menus.orders as o
        join service_menus.order_items as l on l.tenant_id = o.tenant_id and l.order_id = o.id and l.revision = o.revision
        cross join lateral (select app.name_with_choices(l.name, l.choices) as name offset 0) as n -- once each, so that label is inlined
        where o.tenant_id = r.tenant_id and o.request_id = r.id), '[]') as lines,
       app.request_track(v.workflow, r.status) as steps,
       app.available_actions(v.workflow, r.status, 'guest') as actions,
       r.created_at, r.updated_at,
       case when r.subtype is not null and t.subtypes @? '$[*].asks' then app.answers_of_request(r.id) else '[]' end as answers,
       case when r.phase = 'closed' and r.outcome <> 'success' then app.reason_of_ending(r.id) end as reason,
       case when r.type_slug = 'booking_action' then app.price_of_change(r.id) end as price
from portal.requests as r
join portal.request_types as t on t.tenant_id = r.tenant_id and t.id = r.request_type_id
join portal.workflow_versions as v on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id;

comment on view api.portal_requests is 'The guest''s own requests with their track (steps), lines, answers to what the chosen kind asks, the reason where it came to nothing, the price of a change of the stay, and what the guest may still do.';
grant select on api.portal_requests to guest;
