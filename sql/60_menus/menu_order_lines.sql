-- menu_order_lines: what a menu order orders, for messages.
create or replace function app.menu_order_lines(p_request_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('name', app.name_with_choices(l.name, l.choices), 'quantity', l.quantity) order by l.line_number)
    from service_menus.orders as o
    join service_menus.order_items as l on l.tenant_id = o.tenant_id and l.order_id = o.id and l.revision = o.revision
    where o.tenant_id = app.tenant_id() and o.request_id = p_request_id);
end
$$;

comment on function app.menu_order_lines(uuid) is 'The lines that hold, [{name: {en, es}, quantity}], choices in the name; null for a request that is no menu order.';
