-- At house-003: a breakfast of twenty dishes with a choice each, an hour for everybody and one for bench.places, and bench.guests in house.

create temporary table new_stays on commit drop as
select p.tenant_id, p.id as property_id, y.id as room_type_id, n as number, app.new_id() as room_id, app.new_id() as booking_id
from public.tenants as t
join public.properties as p on p.tenant_id = t.id
join public.room_types as y on y.tenant_id = t.id
cross join generate_series(1, current_setting('bench.guests')::integer) as n
where t.slug = 'house-003';

insert into public.rooms (tenant_id, id, property_id, room_type_id, room_number, floor, occupancy)
select s.tenant_id, s.room_id, s.property_id, s.room_type_id, 'M' || s.number, 'M', 'occupied' from new_stays as s;

insert into public.bookings (tenant_id, id, property_id, guest_id, guest_name, room_type_id, room_id, check_in, check_out, status, checkin_status,
                             currency, confirmed_at, checked_in_at)
select s.tenant_id, s.booking_id, s.property_id, g.id, g.first_name || ' ' || g.last_name, s.room_type_id, s.room_id,
       current_date - 3, current_date + 9, 'confirmed', 'CHECKED_IN', 'PKR', now() - interval '9 days', now() - interval '3 days'
from new_stays as s
join lateral (select x.* from public.guests as x where x.tenant_id = s.tenant_id order by x.id limit 1) as g on true;

insert into identity.sessions (tenant_id, session_type, booking_id, level, expires_at)
select s.tenant_id, 'guest', s.booking_id, 'identified', now() + interval '1 day' from new_stays as s;

insert into service_menus.menus (tenant_id, property_id, slug, meal, name, pricing_mode, state)
select distinct s.tenant_id, s.property_id, 'breakfast', 'breakfast', '{"en": "Breakfast", "es": "Desayuno"}'::jsonb, 'per_item', 'active'
from new_stays as s;

insert into service_menus.time_slots (tenant_id, menu_id, starts_at, capacity)
select m.tenant_id, m.id, x.at, x.capacity
from service_menus.menus as m
cross join (values (time '08:00', 10000), (time '09:00', current_setting('bench.places')::integer)) as x (at, capacity)
where m.tenant_id = (select min(s.tenant_id::text)::uuid from new_stays as s);

insert into service_menus.menu_items (tenant_id, menu_id, name, price, position)
select m.tenant_id, m.id, jsonb_build_object('en', 'Dish ' || n, 'es', 'Plato ' || n), 100, n
from service_menus.menus as m
cross join generate_series(1, 20) as n
where m.tenant_id = (select min(s.tenant_id::text)::uuid from new_stays as s);

insert into service_menus.choice_groups (tenant_id, menu_item_id, name, choices)
select i.tenant_id, i.id, '{"en": "How", "es": "Cómo"}',
       '[{"key": "mild", "label": {"en": "mild", "es": "suave"}}, {"key": "hot", "label": {"en": "hot", "es": "picante"}, "surcharge": 10}]'
from service_menus.menu_items as i
where i.tenant_id = (select min(s.tenant_id::text)::uuid from new_stays as s);
