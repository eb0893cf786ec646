-- menu_sides: the sides of a menu.
create or replace view api.menu_sides
with (security_invoker = true) as
select i.id, i.menu_id, i.name, i.description, i.price, i.allergens, i.max_quantity, i.is_sold_out, i.state, i.position, i.on_cancel
from service_menus.sides as i;

comment on view api.menu_sides is 'The sides of the menus the viewer sees. Added and patched with hotel:menus:write; sold out is is_sold_out, for as long as it is on.';
grant select on api.menu_sides to staff, admin;
grant insert (menu_id, name, description, price, allergens, max_quantity, is_sold_out, state, position, on_cancel) on api.menu_sides to staff, admin;
grant update (name, description, price, allergens, max_quantity, is_sold_out, state, position, on_cancel) on api.menu_sides to staff, admin;
