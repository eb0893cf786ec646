-- order_must_be_open: what the kitchen has begun upon is not changed any more.
-- may:      called by change_menu_order and the workflow trigger
-- refuses:  order_is_locked
-- then:     nothing
create or replace function app.order_must_be_open(p_order service_menus.orders, p_is_placed boolean)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not p_is_placed or app.serving_is_locked(p_order.session_id) then
    raise exception 'This order is with the kitchen by now.'
      using errcode = 'PT409', detail = 'order_is_locked', hint = 'Reception can help.';
  end if;
end
$$;

comment on function app.order_must_be_open(service_menus.orders, boolean) is
  'The time decides, not the job that locks: from lock_minutes_before the slot on an order stands.';
