-- take_stock: what an order takes from the shelf.
-- may:      called by portal_submit_request, which has locked the items
-- refuses:  nothing: the check stock_is_never_negative stands behind it
-- then:     stock and a stock move for each counted item
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.take_stock(p_request_id uuid, p_basket jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  with counted as (
    select (l ->> 'item_id')::uuid as item_id, (l ->> 'quantity')::integer as quantity
    from jsonb_array_elements(p_basket -> 'lines') as l
    where (l ->> 'is_counted')::boolean),
  taken as (
    update portal.catalog_items as i
    set stock = i.stock - c.quantity, updated_at = app.now()
    from counted as c
    where i.tenant_id = app.tenant_id() and i.id = c.item_id
    returning i.tenant_id, i.id, c.quantity)
  insert into portal.stock_moves (tenant_id, item_id, delta, reason, request_id, moved_by, moved_at)
  select t.tenant_id, t.id, -t.quantity, 'ordered', p_request_id, app.actor_id(), app.now()
  from taken as t;
end
$$;

comment on function app.take_stock(uuid, jsonb) is 'Takes a basket''s counted items from stock and says why.';
