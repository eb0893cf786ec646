-- gives_item_back: whether an item of an order that is called off goes back, and its charge comes off.
create or replace function app.gives_item_back(p_item_id uuid, p_is_begun boolean)
returns boolean
language sql
stable
set search_path = ''
as $$
  select not p_is_begun or i.on_cancel = 'give_back'
  from portal.catalog_items as i
  where i.tenant_id = app.tenant_id() and i.id = p_item_id
$$;

comment on function app.gives_item_back(uuid, boolean) is 'By the item''s on_cancel. p_is_begun: as has_been_begun says of the order.';
