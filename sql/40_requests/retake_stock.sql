-- retake_stock: what an undone refusal gave back is taken again.
-- may:      called by follow_undo
-- refuses:  sold_out_meanwhile
-- then:     stock and a stock move for each item that had gone back
create or replace function app.retake_stock(p_request_id uuid, p_since timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_move record;
begin
  -- lock: items in order of id, as orders do
  for v_move in
    select m.item_id, m.round, m.delta
    from portal.stock_moves as m
    where m.tenant_id = app.tenant_id() and m.request_id = p_request_id and m.reason = 'returned' and m.moved_at >= p_since
      and not exists (
        select from portal.stock_moves as t
        where t.tenant_id = m.tenant_id and t.request_id = m.request_id and t.item_id = m.item_id and t.reason = 'retaken' and t.round = m.round)
    order by m.item_id
  loop
    update portal.catalog_items as i
    set stock = i.stock - v_move.delta, updated_at = app.now()
    where i.tenant_id = app.tenant_id() and i.id = v_move.item_id and (i.stock is null or i.stock >= v_move.delta);
    if not found then
      raise exception 'Somebody else has ordered it meanwhile.'
        using errcode = 'PT409', detail = 'sold_out_meanwhile', hint = 'Add to the stock, or ask the guest to order something else.';
    end if;
    insert into portal.stock_moves (tenant_id, item_id, delta, reason, request_id, round, moved_by, moved_at)
    values (app.tenant_id(), v_move.item_id, -v_move.delta, 'retaken', p_request_id, v_move.round, app.actor_id(), app.now());
  end loop;
end
$$;

comment on function app.retake_stock(uuid, timestamptz) is 'Takes again what return_stock gave back from p_since on and nobody has retaken. All or nothing: what is sold out meanwhile refuses the undo.';
