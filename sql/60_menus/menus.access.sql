-- menus: plain settings with hotel:menus:write; guests see which menus there are, and read the rest by api.menu_context.
-- sessions, orders and their lines: commands only.
select app.isolate_tenant('service_menus.menus');
select app.isolate_tenant('service_menus.sessions');
select app.isolate_tenant('service_menus.orders');
select app.isolate_tenant('service_menus.order_items');

drop policy if exists members_read on service_menus.menus;
create policy members_read on service_menus.menus for select to staff, admin
  using ((select app.can('hotel:menus:read'))
         and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists members_add on service_menus.menus;
create policy members_add on service_menus.menus for insert to staff, admin
  with check ((select app.can('hotel:menus:write'))
              and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists members_change on service_menus.menus;
create policy members_change on service_menus.menus for update to staff, admin
  using ((select app.can('hotel:menus:write'))
         and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists guest_reads on service_menus.menus;
create policy guest_reads on service_menus.menus for select to guest
  using (state = 'active' and property_id = any ((select app.property_ids())::uuid[]));

drop policy if exists members_read on service_menus.sessions;
create policy members_read on service_menus.sessions for select to staff, admin
  using ((select app.can('hotel:menus:read'))
         and exists (select from service_menus.menus as m where m.tenant_id = sessions.tenant_id and m.id = sessions.menu_id));
drop policy if exists whoever_reads_the_request on service_menus.orders;
create policy whoever_reads_the_request on service_menus.orders for select to staff, admin, guest
  using (exists (select from portal.requests as r where r.tenant_id = orders.tenant_id and r.id = orders.request_id));
drop policy if exists whoever_reads_the_order on service_menus.order_items;
create policy whoever_reads_the_order on service_menus.order_items for select to staff, admin, guest
  using (exists (select from service_menus.orders as o where o.tenant_id = order_items.tenant_id and o.id = order_items.order_id));

grant select, insert, update on service_menus.menus, service_menus.sessions, service_menus.orders to engine;
grant select, insert on service_menus.order_items to engine;
-- no delete for anyone; lines of orders are never updated
grant select on service_menus.menus, service_menus.sessions, service_menus.orders, service_menus.order_items to service, staff, admin;
grant insert (property_id, slug, meal, name, description, pricing_mode, price_per_person, lock_minutes_before, days_ahead, form_at, reminder_at, summary_at,
              weekdays, state, position, on_cancel) on service_menus.menus to staff, admin;
grant update (name, description, pricing_mode, price_per_person, lock_minutes_before, days_ahead, form_at, reminder_at, summary_at,
              weekdays, state, position, on_cancel) on service_menus.menus to staff, admin;
-- slug and meal stay: jobs and pages are named after them
grant select (tenant_id, id, property_id, slug, meal, name, state) on service_menus.menus to guest;
grant select (tenant_id, id, request_id, menu_id, people, revision, total) on service_menus.orders to guest;
grant select (tenant_id, id, order_id, revision, line_number, kind, name, choices, quantity, unit_price)
  on service_menus.order_items to guest;
