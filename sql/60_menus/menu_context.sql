-- menu_context: what can be ordered of a meal, when, and what the stay has ordered.
-- may:      a guest for the own booking; members with hotel:requests:write for a booking
-- refuses:  booking_not_found, second_fact_needed
-- then:     nothing
create or replace function api.menu_context(p_meal text default null, p_booking_id uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_state text;
  v_is_open boolean;
  v_today date;
begin
  if app.session_role() = 'guest' then
    if app.level() = 'unproven' then
      perform app.require_identified();
    end if;
  else
    perform app.require('hotel:requests:write');
  end if;
  select b.* into v_booking
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and app.sees_property(b.property_id)
    and b.id = case app.session_role() when 'guest' then app.booking_id() else p_booking_id end;
  if not found then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found';
  end if;
  select app.stay_state(v_booking.status, v_booking.checkin_status, v_booking.check_in, v_booking.check_out, app.today_in(p.time_zone)), app.today_in(p.time_zone)
  into v_state, v_today
  from public.properties as p
  where p.tenant_id = v_booking.tenant_id and p.id = v_booking.property_id;
  v_is_open := exists (
    select from portal.feature_windows as w
    where w.tenant_id = v_booking.tenant_id and w.property_id = v_booking.property_id
      and w.feature = 'menu_order' and w.stay_state = v_state and w.is_open);

  return (
    select jsonb_build_object(
      'is_open', v_is_open, 'today', v_today, 'people', v_booking.adults + coalesce(v_booking.children, 0),
      'menus', coalesce(jsonb_agg(app.menu_as_json(m) || jsonb_build_object(
        'servings', (
          select coalesce(jsonb_agg(jsonb_build_object(
              'served_on', s.served_on, 'slot_id', s.slot_id, 'starts_at', s.starts_at, 'closes_at', s.closes_at, 'places_left', s.places_left)
            order by s.starts_at), '[]')
          from app.servings_on_offer(m, v_booking) as s
          where v_is_open or app.session_role() is distinct from 'guest'),
        'orders', (
          select coalesce(jsonb_agg(app.menu_order_as_json(r.id) order by r.scheduled_for, r.id), '[]')
          from service_menus.orders as o
          join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id
          where o.tenant_id = m.tenant_id and o.menu_id = m.id and r.booking_id = v_booking.id and r.phase <> 'closed'))
        order by m.position, m.slug), '[]'))
    from service_menus.menus as m
    where m.tenant_id = v_booking.tenant_id and m.property_id = v_booking.property_id and m.state = 'active'
      and (p_meal is null or m.meal = p_meal));
end
$$;

alter function api.menu_context(text, uuid) owner to engine;
comment on function api.menu_context(text, uuid) is
  'Active menus of the stay''s property, of one meal or all: {is_open, today, people, menus: [{id, meal, name, pricing_mode, price_per_person, currency, parts: [{kind, id, name, price, allergens, groups}], servings: [{served_on, slot_id, starts_at, closes_at, places_left}], orders}]}. Members give p_booking_id.';
revoke all on function api.menu_context(text, uuid) from public;
grant execute on function api.menu_context(text, uuid) to guest, staff, admin;
