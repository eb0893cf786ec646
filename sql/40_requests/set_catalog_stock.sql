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
begin
  perform app.require('hotel:catalog:write');
  if p_stock not between 0 and 1000000 then
    raise exception 'There cannot be so many.' using errcode = 'PT422', detail = 'input_invalid', hint = 'Send a number from 0 to 1000000, or null: not counted.';
  end if;

  -- lock
  v_item := app.lock_catalog_item(p_item_id);
  if v_item.stock is not distinct from p_stock then
    return jsonb_build_object('id', v_item.id, 'sku', v_item.sku, 'stock', v_item.stock);
  end if;
  return app.keep_stock(v_item, p_stock, case when p_stock is null then 'not counted any more' else 'counted' end);
end
$$;

alter function api.set_catalog_stock(uuid, integer) owner to engine;
comment on function api.set_catalog_stock(uuid, integer) is
  'Says how many of an item are there: 0 is sold out, null is not counted. {id, sku, stock}. The same again changes nothing; what comes or breaks is portal_adjust_catalog_stock''s.';
revoke all on function api.set_catalog_stock(uuid, integer) from public;
grant execute on function api.set_catalog_stock(uuid, integer) to staff, admin;
