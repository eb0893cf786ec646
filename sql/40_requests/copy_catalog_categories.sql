-- copy_catalog_categories: the shelves that every hotel starts with; what the hotel named otherwise stays.
create or replace function app.copy_catalog_categories()
returns void
language sql
volatile
set search_path = ''
as $$
  insert into portal.catalog_categories (tenant_id, kind, key, name, position)
  select app.tenant_id(), r.data ->> 'kind', r.data ->> 'category', r.data -> 'name', (r.data ->> 'position')::integer
  from app.reference_data as r
  where r.kind = 'catalog_categories'
  on conflict (tenant_id, kind, key) do nothing
$$;

comment on function app.copy_catalog_categories() is 'Adds the shelves of the catalogue that the tenant lacks; their names are the tenant''s own from then on.';
