-- party_must_fit: a guest orders for no more people than the stay has, or a table takes.
-- may:      called by commands of menu orders, with the booking locked
-- refuses:  party_is_served
-- then:     nothing
create or replace function app.party_must_fit(p_menu service_menus.menus, p_booking public.bookings, p_session_id uuid, p_people integer, p_request_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_most integer := case p_menu.pricing_mode when 'included' then p_booking.adults + coalesce(p_booking.children, 0) else 20 end;
  v_ordered integer;
begin
  if app.session_role() is distinct from 'guest' then
    return;
  end if;
  select coalesce(sum(o.people), 0) into v_ordered
  from service_menus.sessions as s
  join service_menus.menus as m on m.tenant_id = s.tenant_id and m.property_id = p_menu.property_id and m.meal = p_menu.meal
    and m.pricing_mode = p_menu.pricing_mode
  join service_menus.sessions as d on d.tenant_id = m.tenant_id and d.menu_id = m.id and d.served_on = s.served_on
  join service_menus.orders as o on o.tenant_id = d.tenant_id and o.session_id = d.id
  join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id
  where s.tenant_id = app.tenant_id() and s.id = p_session_id
    and r.booking_id = p_booking.id and r.id is distinct from p_request_id and r.outcome is distinct from 'cancelled' and r.outcome is distinct from 'expired';
  if v_ordered + p_people > v_most then
    raise exception '%', app.printed(case when v_ordered > 0 then format('There is an order for %s already.', v_ordered)
                              else format('You can order for up to %s.', v_most) end)
      using errcode = 'PT409', detail = 'party_is_served',
            hint = case when v_ordered > 0 then 'Change or cancel the order that stands.' else 'Reception can help with more.' end;
  end if;
end
$$;

comment on function app.party_must_fit(service_menus.menus, public.bookings, uuid, integer, uuid) is
  'Binds guests: all that stands for a meal and day together, from whichever of its menus of one pricing mode, is for at most the stay''s people where the rate includes it, else for 20.';
