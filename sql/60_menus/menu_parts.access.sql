-- slots, dishes, sides, drinks, choices: who may read or change a menu may do so with its parts.
select app.isolate_tenant('service_menus.time_slots');
select app.isolate_tenant('service_menus.menu_items');
select app.isolate_tenant('service_menus.sides');
select app.isolate_tenant('service_menus.drinks');
select app.isolate_tenant('service_menus.choice_groups');

drop policy if exists members_read on service_menus.time_slots;
create policy members_read on service_menus.time_slots for select to staff, admin
  using ((select app.can('hotel:menus:read')) and exists (select from service_menus.menus as m where m.tenant_id = time_slots.tenant_id and m.id = time_slots.menu_id));
drop policy if exists members_add on service_menus.time_slots;
create policy members_add on service_menus.time_slots for insert to staff, admin
  with check ((select app.can('hotel:menus:write')) and exists (select from service_menus.menus as m where m.tenant_id = time_slots.tenant_id and m.id = time_slots.menu_id));
drop policy if exists members_change on service_menus.time_slots;
create policy members_change on service_menus.time_slots for update to staff, admin
  using ((select app.can('hotel:menus:write')) and exists (select from service_menus.menus as m where m.tenant_id = time_slots.tenant_id and m.id = time_slots.menu_id));

drop policy if exists members_read on service_menus.menu_items;
create policy members_read on service_menus.menu_items for select to staff, admin
  using ((select app.can('hotel:menus:read')) and exists (select from service_menus.menus as m where m.tenant_id = menu_items.tenant_id and m.id = menu_items.menu_id));
drop policy if exists members_add on service_menus.menu_items;
create policy members_add on service_menus.menu_items for insert to staff, admin
  with check ((select app.can('hotel:menus:write')) and exists (select from service_menus.menus as m where m.tenant_id = menu_items.tenant_id and m.id = menu_items.menu_id));
drop policy if exists members_change on service_menus.menu_items;
create policy members_change on service_menus.menu_items for update to staff, admin
  using ((select app.can('hotel:menus:write')) and exists (select from service_menus.menus as m where m.tenant_id = menu_items.tenant_id and m.id = menu_items.menu_id));

drop policy if exists members_read on service_menus.sides;
create policy members_read on service_menus.sides for select to staff, admin
  using ((select app.can('hotel:menus:read')) and exists (select from service_menus.menus as m where m.tenant_id = sides.tenant_id and m.id = sides.menu_id));
drop policy if exists members_add on service_menus.sides;
create policy members_add on service_menus.sides for insert to staff, admin
  with check ((select app.can('hotel:menus:write')) and exists (select from service_menus.menus as m where m.tenant_id = sides.tenant_id and m.id = sides.menu_id));
drop policy if exists members_change on service_menus.sides;
create policy members_change on service_menus.sides for update to staff, admin
  using ((select app.can('hotel:menus:write')) and exists (select from service_menus.menus as m where m.tenant_id = sides.tenant_id and m.id = sides.menu_id));

drop policy if exists members_read on service_menus.drinks;
create policy members_read on service_menus.drinks for select to staff, admin
  using ((select app.can('hotel:menus:read')) and exists (select from service_menus.menus as m where m.tenant_id = drinks.tenant_id and m.id = drinks.menu_id));
drop policy if exists members_add on service_menus.drinks;
create policy members_add on service_menus.drinks for insert to staff, admin
  with check ((select app.can('hotel:menus:write')) and exists (select from service_menus.menus as m where m.tenant_id = drinks.tenant_id and m.id = drinks.menu_id));
drop policy if exists members_change on service_menus.drinks;
create policy members_change on service_menus.drinks for update to staff, admin
  using ((select app.can('hotel:menus:write')) and exists (select from service_menus.menus as m where m.tenant_id = drinks.tenant_id and m.id = drinks.menu_id));

drop policy if exists members_read on service_menus.choice_groups;
create policy members_read on service_menus.choice_groups for select to staff, admin
  using ((select app.can('hotel:menus:read'))
         and exists (select from service_menus.menu_items as i where i.tenant_id = choice_groups.tenant_id and i.id = choice_groups.menu_item_id));
drop policy if exists members_add on service_menus.choice_groups;
create policy members_add on service_menus.choice_groups for insert to staff, admin
  with check ((select app.can('hotel:menus:write'))
              and exists (select from service_menus.menu_items as i where i.tenant_id = choice_groups.tenant_id and i.id = choice_groups.menu_item_id));
drop policy if exists members_change on service_menus.choice_groups;
create policy members_change on service_menus.choice_groups for update to staff, admin
  using ((select app.can('hotel:menus:write'))
         and exists (select from service_menus.menu_items as i where i.tenant_id = choice_groups.tenant_id and i.id = choice_groups.menu_item_id));

grant select, insert, update on service_menus.time_slots, service_menus.menu_items, service_menus.sides, service_menus.drinks,
  service_menus.choice_groups to engine;
grant select on service_menus.time_slots, service_menus.menu_items, service_menus.sides, service_menus.drinks,
  service_menus.choice_groups to service, staff, admin;
grant insert (menu_id, starts_at, capacity, is_active) on service_menus.time_slots to staff, admin;
grant update (capacity, is_active) on service_menus.time_slots to staff, admin;
grant insert (menu_id, name, description, price, allergens, max_quantity, is_sold_out, state, position, on_cancel)
  on service_menus.menu_items, service_menus.sides,
  service_menus.drinks to staff, admin;
grant update (name, description, price, allergens, max_quantity, is_sold_out, state, position, on_cancel)
  on service_menus.menu_items, service_menus.sides,
  service_menus.drinks to staff, admin;
grant insert (menu_item_id, name, min_choices, max_choices, choices, state, position) on service_menus.choice_groups to staff, admin;
grant update (name, min_choices, max_choices, choices, state, position) on service_menus.choice_groups to staff, admin;
-- a slot's time stays: orders are named after it. No delete: a part is retired
