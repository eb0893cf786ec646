-- ask_for_orders: guests who may order the next serving of a menu and have not are sent the way to it.
-- may:      called by send_menu_form and send_menu_reminder
-- refuses:  nothing
-- then:     one message each for a menu, a day and an event; what a booking has been sent it is never sent again
create or replace function app.ask_for_orders(p_run app.job_runs, p_event_key text)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_batch constant integer := 500;
  c_languages constant text[] := array['en', 'es', 'ur'];
  v_property public.properties;
  v_menu service_menus.menus;
  v_day date;
  v_guest record;
  v_asked integer := 0;
begin
  select p.* into v_property from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_run.property_id;
  select m.* into v_menu
  from service_menus.menus as m
  where m.tenant_id = v_property.tenant_id and m.property_id = v_property.id and m.slug = p_run.variant and m.state = 'active';
  -- the next day that has a time to come
  select min(d.day)::date into v_day
  from generate_series(0, v_menu.days_ahead) as n (days)
  cross join lateral (select app.today_in(v_property.time_zone) + n.days as day) as d
  join service_menus.time_slots as s on s.tenant_id = v_menu.tenant_id and s.menu_id = v_menu.id and s.is_active
  where extract(isodow from d.day)::integer = any (v_menu.weekdays)
    and (d.day + s.starts_at) at time zone v_property.time_zone - make_interval(mins => v_menu.lock_minutes_before) > app.now();

  for v_guest in
    select b.id, o.closes_at, format('%s:%s:%s:%s', p_event_key, v_menu.id, v_day, b.id) as dedupe
    from public.bookings as b
    cross join lateral (
      select max(s.closes_at) as closes_at from app.servings_on_offer(v_menu, b) as s where s.served_on = v_day and s.places_left > 0) as o
    where b.tenant_id = v_property.tenant_id and b.property_id = v_property.id and b.status = 'confirmed' and b.checkin_status <> 'CHECKED_OUT'
      and b.check_in <= v_day and b.check_out >= v_day
      and o.closes_at is not null
      and exists (
        select from portal.feature_windows as w
        where w.tenant_id = b.tenant_id and w.property_id = b.property_id and w.feature = 'menu_order' and w.is_open
          and w.stay_state = app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(v_property.time_zone)))
      and not exists (
        select from portal.requests as r
        join service_menus.orders as x on x.tenant_id = r.tenant_id and x.request_id = r.id
        join service_menus.sessions as s on s.tenant_id = x.tenant_id and s.id = x.session_id
        join service_menus.menus as m on m.tenant_id = s.tenant_id and m.id = s.menu_id
        where r.tenant_id = b.tenant_id and r.booking_id = b.id and m.meal = v_menu.meal and s.served_on = v_day
          and (r.outcome is null or r.outcome = 'success'))
      and not exists (
        select from public.notification_log as l
        where l.tenant_id = b.tenant_id and l.dedupe_key = format('guest:%s:%s:%s:%s', p_event_key, v_menu.id, v_day, b.id))
    order by b.id
    limit c_batch
  loop
    perform app.notify_guest(
      v_guest.id, p_event_key,
      jsonb_build_object(
        'menu_name', v_menu.name,
        'served_on', (select jsonb_object_agg(k.language, app.date_text(v_day, k.language)) from unnest(c_languages) as k (language)),
        'closes_at', (
          select jsonb_object_agg(k.language, app.moment_text(v_guest.closes_at, v_property.time_zone, k.language))
          from unnest(c_languages) as k (language))),
      null, v_guest.dedupe);
    v_asked := v_asked + 1;
  end loop;
  return jsonb_build_object('asked', v_asked, 'is_unfinished', v_asked >= c_batch);
end
$$;

comment on function app.ask_for_orders(app.job_runs, text) is
  'The run''s variant is the menu''s slug. Asked are stays that cover the day, in a state in which menus are open, where places are left; those with an order that stands for that meal are not, whichever of its menus it is from. 500 a tick.';
