-- kept_of_order: what stays to be paid of an order that is called off once the kitchen has begun.
create or replace function app.kept_of_order(p_order service_menus.orders)
returns numeric
language sql
stable
set search_path = ''
as $$
  select least(p_order.total, case when m.on_cancel = 'keep_once_begun' and p_order.pricing_mode = 'per_person'
                                   then p_order.people * p_order.price_per_person else 0 end
    + coalesce((
      select sum(l.quantity * l.unit_price)
      from service_menus.order_items as l
      left join service_menus.menu_items as i on i.tenant_id = l.tenant_id and i.id = l.menu_item_id
      left join service_menus.sides as s on s.tenant_id = l.tenant_id and s.id = l.side_id
      left join service_menus.drinks as d on d.tenant_id = l.tenant_id and d.id = l.drink_id
      where l.tenant_id = p_order.tenant_id and l.order_id = p_order.id and l.revision = p_order.revision
        and coalesce(i.on_cancel, s.on_cancel, d.on_cancel) = 'keep_once_begun'), 0))
  from service_menus.menus as m
  where m.tenant_id = p_order.tenant_id and m.id = p_order.menu_id
$$;

comment on function app.kept_of_order(service_menus.orders) is 'In the property''s tax mode, of total: the price by the person if the menu keeps it, and the lines whose dish, side or drink does, each by its on_cancel today.';
