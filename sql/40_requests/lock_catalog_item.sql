-- lock_catalog_item: an item of the catalogue, held until commit.
-- may:      called by commands
-- refuses:  item_unknown
-- then:     orders, which take from it under the same lock, wait
create or replace function app.lock_catalog_item(p_item_id uuid)
returns portal.catalog_items
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_item portal.catalog_items;
begin
  select i.* into v_item
  from portal.catalog_items as i
  where i.tenant_id = app.tenant_id() and i.id = p_item_id and app.sees_property(i.property_id)
  for no key update;
  if not found then
    raise exception 'There is no such item.' using errcode = 'PT404', detail = 'item_unknown';
  end if;
  return v_item;
end
$$;

comment on function app.lock_catalog_item(uuid) is 'Locks an item. One of another hotel, or of a property the caller does not work at, is not found.';
