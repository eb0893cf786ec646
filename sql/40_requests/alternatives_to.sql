-- alternatives_to: what else is on the same shelf.
create or replace function app.alternatives_to(p_item_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce('Instead: ' || string_agg(app.label(o.name), ', ') || '.', 'Reception knows what else there is.')
  from (select i.name
        from portal.catalog_items as x
        join portal.catalog_items as i
          on i.tenant_id = x.tenant_id and i.property_id = x.property_id and i.kind = x.kind and i.category = x.category
          and i.id <> x.id and i.state = 'active' and coalesce(i.stock, 1) > 0
        where x.tenant_id = app.tenant_id() and x.id = p_item_id
        order by i.position, i.sku
        limit 3) as o
$$;

comment on function app.alternatives_to(uuid) is 'A hint naming up to three items of the same category that are in stock.';
