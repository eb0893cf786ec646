-- portal_catalog: what the guest can order.
create or replace view api.portal_catalog
with (security_invoker = true) as
select i.sku, i.kind, i.category, app.label(c.name) as category_label, app.label(i.name) as name, app.label(i.description) as description,
       i.price, i.currency, i.is_complimentary, coalesce(i.stock, 1) > 0 as in_stock, i.stock as available, i.max_quantity, i.image_url,
       c.position * 1000 + i.position as position
from portal.catalog_items as i
join portal.catalog_categories as c on c.tenant_id = i.tenant_id and c.kind = i.kind and c.key = i.category;

comment on view api.portal_catalog is 'Items on sale at the guest''s property, names in the guest''s language; available null: not counted.';
grant select on api.portal_catalog to guest;
