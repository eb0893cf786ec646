-- beds24_rooms: what the rooms of Beds24 mean here.
create or replace view api.beds24_rooms
with (security_invoker = true) as
select m.id, m.connection_id, m.property_id, m.beds24_room_id, m.unit_id, t.code as room_type_code, r.room_number
from notify.beds24_rooms as m
join public.room_types as t on t.tenant_id = m.tenant_id and t.id = m.room_type_id
left join public.rooms as r on r.tenant_id = m.tenant_id and r.id = m.room_id;

comment on view api.beds24_rooms is 'The mapping as map_beds24_rooms left it: unit 0 is the room type, every other unit a room.';
grant select on api.beds24_rooms to staff, admin;
