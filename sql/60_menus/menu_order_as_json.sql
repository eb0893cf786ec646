-- menu_order_as_json: an order as commands and the portal answer it.
create or replace function app.menu_order_as_json(p_request_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'request_id', o.request_id, 'number', r.number, 'status', r.status, 'phase', r.phase,
      'menu_id', o.menu_id, 'meal', m.meal, 'menu_name', app.label(m.name), 'slot_id', s.slot_id, 'served_on', s.served_on, 'starts_at', s.starts_at,
      'closes_at', s.starts_at - make_interval(mins => m.lock_minutes_before),
      'is_open', r.status = 'placed' and s.locked_at is null and app.now() < s.starts_at - make_interval(mins => m.lock_minutes_before),
      'people', o.people, 'revision', o.revision, 'total', o.total, 'currency', r.currency, 'note', r.note,
      'lines', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'kind', l.kind, 'id', coalesce(l.menu_item_id, l.side_id, l.drink_id), 'name', app.label(app.name_with_choices(l.name, l.choices)),
            'quantity', l.quantity, 'unit_price', l.unit_price,
            'choices', (select coalesce(jsonb_object_agg(c.group_id, c.keys), '{}')
                        from (select x ->> 'group_id' as group_id, jsonb_agg(x -> 'key') as keys from jsonb_array_elements(l.choices) as x group by 1) as c))
          order by l.line_number), '[]')
        from service_menus.order_items as l where l.tenant_id = o.tenant_id and l.order_id = o.id and l.revision = o.revision))
    from service_menus.orders as o
    join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id
    join service_menus.menus as m on m.tenant_id = o.tenant_id and m.id = o.menu_id
    join service_menus.sessions as s on s.tenant_id = o.tenant_id and s.id = o.session_id
    where o.tenant_id = app.tenant_id() and o.request_id = p_request_id);
end
$$;

comment on function app.menu_order_as_json(uuid) is
  'A menu order with the lines that hold, in the caller''s language; choices as they were sent: {group id: [key]}. is_open: whether it can be changed and cancelled by the guest.';
