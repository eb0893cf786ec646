-- write_order_lines: what is ordered, as it is now.
-- may:      called by commands of menu orders
-- refuses:  nothing
-- then:     the lines of one revision
create or replace function app.write_order_lines(p_order service_menus.orders, p_basket jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into service_menus.order_items (tenant_id, order_id, revision, line_number, kind, menu_item_id, side_id, drink_id, name, choices, quantity, unit_price)
  select p_order.tenant_id, p_order.id, p_order.revision, l.ordinality, l.value ->> 'kind',
         case l.value ->> 'kind' when 'item' then (l.value ->> 'id')::uuid end,
         case l.value ->> 'kind' when 'side' then (l.value ->> 'id')::uuid end,
         case l.value ->> 'kind' when 'drink' then (l.value ->> 'id')::uuid end,
         l.value -> 'name', l.value -> 'choices', (l.value ->> 'quantity')::integer, (l.value ->> 'unit_price')::numeric
  from jsonb_array_elements(p_basket -> 'order_lines') with ordinality as l;
end
$$;

comment on function app.write_order_lines(service_menus.orders, jsonb) is 'Writes a basket''s lines under the order''s revision.';
