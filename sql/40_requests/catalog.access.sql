-- the catalogue: guests see what is on sale at their property; stock moves through commands.
select app.isolate_tenant('portal.catalog_categories');
select app.isolate_tenant('portal.catalog_items');
select app.isolate_tenant('portal.stock_moves');

drop policy if exists members_read on portal.catalog_categories;
create policy members_read on portal.catalog_categories for select to staff, admin using ((select app.can('hotel:catalog:read')));
drop policy if exists members_add on portal.catalog_categories;
create policy members_add on portal.catalog_categories for insert to staff, admin with check ((select app.can('hotel:catalog:write')));
drop policy if exists members_name on portal.catalog_categories;
create policy members_name on portal.catalog_categories for update to staff, admin
  using ((select app.can('hotel:catalog:write'))) with check ((select app.can('hotel:catalog:write')));
drop policy if exists guest_reads on portal.catalog_categories;
create policy guest_reads on portal.catalog_categories for select to guest using (true);

drop policy if exists members_read on portal.catalog_items;
create policy members_read on portal.catalog_items for select to staff, admin
  using ((select app.can('hotel:catalog:read'))
         and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists guest_reads on portal.catalog_items;
create policy guest_reads on portal.catalog_items for select to guest
  using (state = 'active' and property_id = any ((select app.property_ids())::uuid[]));
drop policy if exists members_write on portal.catalog_items;
create policy members_write on portal.catalog_items for all to staff, admin
  using ((select app.can('hotel:catalog:write'))
         and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])))
  with check ((select app.can('hotel:catalog:write'))
              and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

drop policy if exists new_items_are_priced_in_the_propertys_currency on portal.catalog_items;
create policy new_items_are_priced_in_the_propertys_currency on portal.catalog_items as restrictive for insert to staff, admin
  with check (currency = (select p.currency from public.properties as p where p.tenant_id = catalog_items.tenant_id and p.id = catalog_items.property_id));

drop policy if exists members_read on portal.stock_moves;
create policy members_read on portal.stock_moves for select to staff, admin
  using (exists (select from portal.catalog_items as i where i.tenant_id = stock_moves.tenant_id and i.id = stock_moves.item_id));

grant select, insert, update on portal.catalog_categories, portal.catalog_items to engine;
grant select, insert on portal.stock_moves to engine;
grant select on portal.catalog_categories, portal.catalog_items, portal.stock_moves to service, staff, admin;
grant insert (kind, key, name, position), update (name, position) on portal.catalog_categories to staff, admin;
grant update (name, description, price, is_complimentary, max_quantity, state, image_url, position, on_cancel) on portal.catalog_items to staff, admin;
grant insert (property_id, kind, category, sku, name, description, price, currency, is_complimentary, max_quantity, state, image_url, position, on_cancel)
  on portal.catalog_items to staff, admin;
-- stock is withheld: it changes by portal_adjust_catalog_stock, set_catalog_stock and by orders
grant select on portal.catalog_categories to guest;
grant select (tenant_id, id, property_id, kind, category, sku, name, description, price, currency, is_complimentary, stock, max_quantity, state,
              image_url, position) on portal.catalog_items to guest;
