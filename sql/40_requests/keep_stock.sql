-- keep_stock: from now on so many of an item are there, and why.
-- may:      called by set_catalog_stock and portal_adjust_catalog_stock, which have locked the item
-- refuses:  nothing: the check stock_is_never_negative stands behind it
-- then:     a stock move of the difference, if there is one; event
create or replace function app.keep_stock(p_item portal.catalog_items, p_stock integer, p_note text)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_delta integer := coalesce(p_stock, 0) - coalesce(p_item.stock, 0);
begin
  update portal.catalog_items as i
  set stock = p_stock, updated_at = app.now()
  where i.tenant_id = p_item.tenant_id and i.id = p_item.id;
  if v_delta <> 0 then
    insert into portal.stock_moves (tenant_id, item_id, delta, reason, note, moved_by, moved_at)
    values (p_item.tenant_id, p_item.id, v_delta, 'adjusted', p_note, app.actor_id(), app.now());
  end if;
  perform app.emit_event('catalog.stock_adjusted', p_item.property_id, null, null, 'catalog_item', p_item.id);
  return jsonb_build_object('id', p_item.id, 'sku', p_item.sku, 'stock', p_stock);
end
$$;

comment on function app.keep_stock(portal.catalog_items, integer, text) is
  'Writes the stock of a locked item (null: not counted) by hand, with the move that explains it. Answers {id, sku, stock}.';
