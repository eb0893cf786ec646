-- menu_orders: what is ordered from the menus, as the kitchen reads it.
create or replace view api.menu_orders
with (security_invoker = true) as
select o.request_id, r.number, r.property_id, o.menu_id, app.label(m.name) as menu_name, m.meal, s.served_on, s.starts_at, o.people,
       r.status, r.phase, r.outcome,
       (select k.room_number from public.rooms as k where k.tenant_id = r.tenant_id and k.id = r.room_id) as room_number,
       r.note, o.total, r.currency, o.revision,
       (select coalesce(jsonb_agg(jsonb_build_object(
            'kind', l.kind, 'name', app.label(app.name_with_choices(l.name, l.choices)), 'quantity', l.quantity) order by l.line_number), '[]')
        from service_menus.order_items as l where l.tenant_id = o.tenant_id and l.order_id = o.id and l.revision = o.revision) as lines
from service_menus.orders as o
join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id
join service_menus.menus as m on m.tenant_id = o.tenant_id and m.id = o.menu_id
join service_menus.sessions as s on s.tenant_id = o.tenant_id and s.id = o.session_id;

comment on view api.menu_orders is 'Menu orders of the viewer''s properties by day and time, with the lines that hold. Status and phase are the request''s.';
grant select on api.menu_orders to staff, admin;
