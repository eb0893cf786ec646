-- room_types: what is sold.
create or replace view api.room_types
with (security_invoker = true) as
select t.id, t.property_id, p.code as property_code, t.code, t.name, t.price, t.currency, t.amenities, t.image_url,
       t.overbooking_allowance,
       (select count(*) from public.rooms as r
        where r.tenant_id = t.tenant_id and r.room_type_id = t.id and r.is_active) as room_count
from public.room_types as t
join public.properties as p on p.tenant_id = t.tenant_id and p.id = t.property_id;

comment on view api.room_types is 'Kinds of room with rate a night, amenities and the number of rooms.';
grant select on api.room_types to staff, admin;
