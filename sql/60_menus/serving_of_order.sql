-- serving_of_order: the slot and day that an order is for.
-- may:      called by commands of menu orders
-- refuses:  slot_unknown, slot_closed, field_invalid
-- then:     a row of sessions; the slot stands still until commit
create or replace function app.serving_of_order(
  p_order jsonb,
  p_menu service_menus.menus,
  p_booking public.bookings,
  out session_id uuid,
  out capacity integer,
  out starts_at timestamptz
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slot service_menus.time_slots;
  v_served_on date := app.iso_date(p_order ->> 'served_on', 'served_on');
begin
  select s.* into v_slot
  from service_menus.time_slots as s
  where s.tenant_id = p_menu.tenant_id and s.menu_id = p_menu.id and s.id = app.uuid_or_null(p_order ->> 'slot_id')
  -- lock: shared, many may order
  for share;
  if not found then
    raise exception 'There is no such time.' using errcode = 'PT422', detail = 'slot_unknown', hint = app.serving_hint(p_menu, p_booking, 1);
  end if;
  select o.starts_at into serving_of_order.starts_at
  from app.servings_on_offer(p_menu, p_booking) as o
  where o.slot_id = v_slot.id and o.served_on = v_served_on;
  if not found then
    raise exception 'For % at % it is too late, or too early.',
        app.printed(coalesce(v_served_on::text, 'that day')), app.printed(to_char(v_slot.starts_at, 'HH24:MI'))
      using errcode = 'PT409', detail = 'slot_closed', hint = app.serving_hint(p_menu, p_booking, 1);
  end if;

  insert into service_menus.sessions (tenant_id, menu_id, slot_id, served_on, starts_at)
  values (p_menu.tenant_id, p_menu.id, v_slot.id, v_served_on, serving_of_order.starts_at)
  on conflict (tenant_id, slot_id, served_on) do nothing;
  select x.id into session_id
  from service_menus.sessions as x
  where x.tenant_id = p_menu.tenant_id and x.slot_id = v_slot.id and x.served_on = v_served_on;
  capacity := v_slot.capacity;
end
$$;

comment on function app.serving_of_order(jsonb, service_menus.menus, public.bookings) is
  'Reads slot_id and served_on (ISO date): a serving on offer to this booking, with the row that counts its places.';
