-- portal_adjust_catalog_stock: stock came in or broke; what was counted is set_catalog_stock's.
-- may:      hotel:catalog:write
-- refuses:  item_unknown, stock_is_never_negative, input_invalid, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     a stock move; event
create or replace function api.portal_adjust_catalog_stock(p_item_id uuid, p_delta integer, p_reason text default null, p_idempotency_key text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_item portal.catalog_items;
  v_answer jsonb;
begin
  perform app.require('hotel:catalog:write');
  if coalesce(p_delta, 0) = 0 or abs(p_delta) > 1000000 then
    raise exception 'Say by how much.' using errcode = 'PT422', detail = 'input_invalid', hint = 'p_delta must be a whole number, not 0.';
  end if;
  if p_idempotency_key is not null then
    v_answer := app.claim_idempotency_key('portal_adjust_catalog_stock', p_idempotency_key, jsonb_build_array(p_item_id, p_delta, p_reason));
    if v_answer is not null then
      return v_answer;
    end if;
  end if;

  -- lock
  v_item := app.lock_catalog_item(p_item_id);
  if coalesce(v_item.stock, 0) + p_delta < 0 then
    raise exception 'Only % of "%" there.', app.printed(coalesce(v_item.stock, 0)), app.printed(app.label(v_item.name))
      using errcode = 'PT409', detail = 'stock_is_never_negative', hint = 'Count again; orders may have taken some meanwhile.';
  end if;

  v_answer := app.keep_stock(v_item, coalesce(v_item.stock, 0) + p_delta, p_reason);
  if p_idempotency_key is not null then
    perform app.keep_answer('portal_adjust_catalog_stock', p_idempotency_key, v_answer);
  end if;
  return v_answer;
end
$$;

alter function api.portal_adjust_catalog_stock(uuid, integer, text, text) owner to engine;
comment on function api.portal_adjust_catalog_stock(uuid, integer, text, text) is
  'Changes an item''s stock by a delta (an uncounted item starts at 0). With an idempotency key a repeat changes nothing; without one each call moves stock again.';
revoke all on function api.portal_adjust_catalog_stock(uuid, integer, text, text) from public;
grant execute on function api.portal_adjust_catalog_stock(uuid, integer, text, text) to staff, admin;
