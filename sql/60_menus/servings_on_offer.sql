-- servings_on_offer: when a menu can still be had during a stay.
create or replace function app.servings_on_offer(p_menu service_menus.menus, p_booking public.bookings)
returns table (served_on date, slot_id uuid, starts_at timestamptz, closes_at timestamptz, places_left integer)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_zone text;
begin
  select p.time_zone into v_zone from public.properties as p where p.tenant_id = p_menu.tenant_id and p.id = p_menu.property_id;
  return query
    select d.day::date, s.id, t.begins, t.begins - make_interval(mins => p_menu.lock_minutes_before), greatest(s.capacity - coalesce(x.taken, 0), 0)
    from generate_series(0, p_menu.days_ahead) as n (days)
    cross join lateral (select app.today_in(v_zone) + n.days as day) as d
    join service_menus.time_slots as s on s.tenant_id = p_menu.tenant_id and s.menu_id = p_menu.id and s.is_active
    cross join lateral (select (d.day + s.starts_at) at time zone v_zone as begins) as t
    left join service_menus.sessions as x on x.tenant_id = s.tenant_id and x.slot_id = s.id and x.served_on = d.day
    where extract(isodow from d.day)::integer = any (p_menu.weekdays)
      and d.day between p_booking.check_in + (p_menu.meal = 'breakfast')::integer and p_booking.check_out
      and t.begins - make_interval(mins => p_menu.lock_minutes_before) > app.now()
      and x.locked_at is null
    order by t.begins;
end
$$;

comment on function app.servings_on_offer(service_menus.menus, public.bookings) is
  'Days and slots that are not locked yet, within the stay (breakfast from the morning after arrival), on the menu''s weekdays and its days ahead. closes_at is the instant from which orders neither come nor change; full ones have no places left.';
