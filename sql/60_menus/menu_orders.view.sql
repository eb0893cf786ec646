-- menu_orders: what is ordered from the menus, as the kitchen reads it.
create or replace view api.menu_orders
with (security_invoker = true) as
select o.request_id, r.number, r.property_id, o.menu_id, app.label(m.name) as menu_name, m.meal, s.served_on, s.starts_at,
       s.starts_at - make_interval(mins => m.lock_minutes_before) as closes_at, o.people,
       r.status, r.phase, r.outcome, app.label(v.workflow #> array['statuses', r.status, 'label']) as status_label,
       (select k.room_number from public.rooms as k where k.tenant_id = r.tenant_id and k.id = r.room_id) as room_number,
       g.first_name || ' ' || g.last_name as guest_name, nullif(btrim(g.dietary_notes), '') as dietary_notes,
       r.note, o.total, r.currency, o.revision,
       (select coalesce(jsonb_agg(jsonb_build_object(
            'kind', l.kind, 'name', app.label(app.name_with_choices(l.name, l.choices)), 'quantity', l.quantity,
            'allergens', coalesce(i.allergens, d.allergens, k.allergens)) order by l.line_number), '[]')
        from service_menus.order_items as l
        left join service_menus.menu_items as i on i.tenant_id = l.tenant_id and i.id = l.menu_item_id
        left join service_menus.sides as d on d.tenant_id = l.tenant_id and d.id = l.side_id
        left join service_menus.drinks as k on k.tenant_id = l.tenant_id and k.id = l.drink_id
        where l.tenant_id = o.tenant_id and l.order_id = o.id and l.revision = o.revision) as lines
from service_menus.orders as o
join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id
join portal.workflow_versions as v on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id
join service_menus.menus as m on m.tenant_id = o.tenant_id and m.id = o.menu_id
join service_menus.sessions as s on s.tenant_id = o.tenant_id and s.id = o.session_id
left join public.guests as g on g.tenant_id = r.tenant_id and g.id = r.guest_id;

comment on view api.menu_orders is
  'Menu orders of the viewer''s properties by day and time, with the lines that hold, what each dish contains today, and what the guest''s profile says of their diet: it concerns the kitchen. Status and phase are the request''s; from closes_at on an order stands.';
grant select on api.menu_orders to staff, admin;
