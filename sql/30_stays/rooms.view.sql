-- rooms: each with its state as it stands.
create or replace view api.rooms
with (security_invoker = true) as
select r.id, r.property_id, p.code as property_code, r.room_number, r.floor, r.room_type_id, t.code as room_type_code,
       t.name as room_type_name,
       case
         when r.occupancy = 'occupied' then 'occupied'
         when k.kind is not null then 'maintenance'
         when r.cleanliness in ('dirty', 'pickup') then 'cleaning'
         else 'available'
       end as status,
       r.cleanliness, r.occupancy, r.service_status, k.kind as block_kind, k.reason as block_reason, k.ends_on as blocked_until,
       r.is_active, r.updated_at
from public.rooms as r
join public.properties as p on p.tenant_id = r.tenant_id and p.id = r.property_id
left join public.room_types as t on t.tenant_id = r.tenant_id and t.id = r.room_type_id
left join lateral (
  select b.kind, b.reason, b.ends_on
  from public.room_blocks as b
  where b.tenant_id = r.tenant_id
    and b.room_id = r.id
    and b.released_at is null
    and b.starts_on <= app.today_in(p.time_zone)
    and b.ends_on > app.today_in(p.time_zone)
  order by b.kind, b.ends_on desc
  limit 1
) as k on true;

comment on view api.rooms is 'Rooms with their axes, today''s block if any, and the one-word status of the room board: occupied, maintenance, cleaning, available.';
grant select on api.rooms to staff, admin;
