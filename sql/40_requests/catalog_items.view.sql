-- catalog_items: what can be ordered, as those who keep it see it.
create or replace view api.catalog_items
with (security_invoker = true) as
select i.id, i.property_id, i.kind, i.category, i.sku, i.name, i.description, i.price, i.currency, i.is_complimentary, i.stock,
       i.max_quantity, i.state, i.image_url, i.position, i.on_cancel
from portal.catalog_items as i;

comment on view api.catalog_items is 'The catalogue. Items are added, and name, description, price, is_complimentary, max_quantity, state, image_url, position and on_cancel may be patched with hotel:catalog:write; stock moves by portal_adjust_catalog_stock.';
grant select on api.catalog_items to staff, admin;
grant update (name, description, price, is_complimentary, max_quantity, state, image_url, position, on_cancel) on api.catalog_items to staff, admin;
grant insert (property_id, kind, category, sku, name, description, price, currency, is_complimentary, max_quantity, state, image_url, position, on_cancel)
  on api.catalog_items to staff, admin;
