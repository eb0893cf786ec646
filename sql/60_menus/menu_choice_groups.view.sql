-- menu_choice_groups: what is chosen with a dish.
create or replace view api.menu_choice_groups
with (security_invoker = true) as
select g.id, g.menu_item_id, g.name, g.min_choices, g.max_choices, g.choices, g.state, g.position
from service_menus.choice_groups as g;

comment on view api.menu_choice_groups is 'Choice groups of dishes: choices [{key, label, surcharge, is_sold_out}], of which min_choices to max_choices are taken. Added and patched with hotel:menus:write.';
grant select on api.menu_choice_groups to staff, admin;
grant insert (menu_item_id, name, min_choices, max_choices, choices, state, position) on api.menu_choice_groups to staff, admin;
grant update (name, min_choices, max_choices, choices, state, position) on api.menu_choice_groups to staff, admin;
