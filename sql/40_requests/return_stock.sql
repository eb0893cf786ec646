-- return_stock: what an order took goes back, once.
-- may:      called by the workflow trigger
-- refuses:  nothing
-- then:     stock and a stock move for each item the order took and that goes back
create or replace function app.return_stock(p_request_id uuid, p_is_begun boolean default false)
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
    select m.item_id, m.delta,
           (select count(*)::integer + 1 from portal.stock_moves as t
            where t.tenant_id = m.tenant_id and t.request_id = m.request_id and t.item_id = m.item_id and t.reason = 'retaken') as round
    from portal.stock_moves as m
    where m.tenant_id = app.tenant_id() and m.request_id = p_request_id and m.reason = 'ordered'
      and app.gives_item_back(m.item_id, p_is_begun)
    order by m.item_id
  loop
    insert into portal.stock_moves (tenant_id, item_id, delta, reason, request_id, round, moved_by, moved_at)
    values (app.tenant_id(), v_move.item_id, -v_move.delta, 'returned', p_request_id, v_move.round, app.actor_id(), app.now())
    on conflict (tenant_id, item_id, request_id, reason, round) do nothing;
    if found then
      update portal.catalog_items as i
      set stock = i.stock - v_move.delta, updated_at = app.now()
      where i.tenant_id = app.tenant_id() and i.id = v_move.item_id and i.stock is not null;
    end if;
  end loop;
end
$$;

comment on function app.return_stock(uuid, boolean) is 'Gives back what a request took from stock; p_is_begun: without what its item keeps then. The unique stock move makes a second call do nothing, until it is retaken.';
