-- menu_slots: when a menu is served.
create or replace view api.menu_slots
with (security_invoker = true) as
select s.id, s.menu_id, s.starts_at, s.capacity, s.is_active
from service_menus.time_slots as s;

comment on view api.menu_slots is 'Times of the menus the viewer sees, with places a day. Added and patched with hotel:menus:write; a time itself stays.';
grant select on api.menu_slots to staff, admin;
grant insert (menu_id, starts_at, capacity, is_active) on api.menu_slots to staff, admin;
grant update (capacity, is_active) on api.menu_slots to staff, admin;
