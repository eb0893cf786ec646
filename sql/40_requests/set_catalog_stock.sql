-- set_catalog_stock: an item's shelf was counted; or it is sold out, or not counted any more.
-- may:      hotel:catalog:write
-- refuses:  item_unknown, input_invalid
-- then:     a stock move of the difference; event
create or replace function api.set_catalog_stock(p_item_id uuid, p_stock integer)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_item portal.catalog_items;
  v_delta integer;
begin
  perform app.require('hotel:catalog:write');
  if p_stock not between 0 and 1000000 then
    raise exception 'There cannot be so many.' using errcode = 'PT422', detail = 'input_invalid', hint = 'Send a number from 0 to 1000000, or null: not counted.';
  end if;

  -- lock: orders take from the item under the same lock
  select i.* into v_item
  from portal.catalog_items as i
  where i.tenant_id = app.tenant_id() and i.id = p_item_id and app.sees_property(i.property_id)
  for no key update;
  if not found then
    raise exception 'There is no such item.' using errcode = 'PT404', detail = 'item_unknown';
  elsif v_item.stock is not distinct from p_stock then
    return jsonb_build_object('id', v_item.id, 'sku', v_item.sku, 'stock', v_item.stock);
  end if;

  update portal.catalog_items as i
  set stock = p_stock, updated_at = app.now()
  where i.tenant_id = v_item.tenant_id and i.id = v_item.id;
  v_delta := coalesce(p_stock, 0) - coalesce(v_item.stock, 0);
  if v_delta <> 0 then
    insert into portal.stock_moves (tenant_id, item_id, delta, reason, note, moved_by, moved_at)
    values (v_item.tenant_id, v_item.id, v_delta, 'adjusted', case when p_stock is null then 'not counted any more' else 'counted' end,
            app.actor_id(), app.now());
  end if;
  perform app.emit_event('catalog.stock_adjusted', v_item.property_id, null, null, 'catalog_item', v_item.id);
  return jsonb_build_object('id', v_item.id, 'sku', v_item.sku, 'stock', p_stock);
end
$$;

alter function api.set_catalog_stock(uuid, integer) owner to engine;
comment on function api.set_catalog_stock(uuid, integer) is
  'Says how many of an item are there: 0 is sold out, null is not counted. {id, sku, stock}. The same again changes nothing; what comes or breaks is portal_adjust_catalog_stock''s.';
revoke all on function api.set_catalog_stock(uuid, integer) from public;
grant execute on function api.set_catalog_stock(uuid, integer) to staff, admin;
