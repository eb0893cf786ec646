-- daily_menu_summary: the kitchen hears what the day's orders of a menu come to, time by time.
-- may:      called by run_job
-- refuses:  nothing
-- then:     one Slack message a day and menu, where there are orders; {orders, people}
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.daily_menu_summary(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_menu service_menus.menus;
  v_day date;
  v_slots jsonb;
  v_orders integer;
  v_people integer;
begin
  select p.* into v_property from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_run.property_id;
  select m.* into v_menu
  from service_menus.menus as m
  where m.tenant_id = v_property.tenant_id and m.property_id = v_property.id and m.slug = p_run.variant;
  v_day := (p_run.slot at time zone v_property.time_zone)::date;

  with ordered as (
    select s.starts_at, o.id, o.people, o.revision, m.room_number,
           r.note is not null or btrim(g.dietary_notes) <> '' as is_special
    from service_menus.sessions as s
    join service_menus.orders as o on o.tenant_id = s.tenant_id and o.session_id = s.id
    join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id and (r.outcome is null or r.outcome = 'success')
    left join public.guests as g on g.tenant_id = r.tenant_id and g.id = r.guest_id
    left join public.rooms as m on m.tenant_id = r.tenant_id and m.id = r.room_id
    where s.tenant_id = v_menu.tenant_id and s.menu_id = v_menu.id and s.served_on = v_day),
  dishes as (
    select d.starts_at, jsonb_agg(jsonb_build_object('quantity', d.quantity, 'name', d.name) order by d.kind, d.name) as lines
    from (
      select o.starts_at, array_position(array['item', 'side', 'drink'], l.kind) as kind, sum(l.quantity) as quantity,
             coalesce(n.name ->> v_property.default_language, n.name ->> 'en') as name
      from ordered as o
      join service_menus.order_items as l on l.tenant_id = v_menu.tenant_id and l.order_id = o.id and l.revision = o.revision
      cross join lateral (select app.name_with_choices(l.name, l.choices) as name) as n
      group by 1, 2, 4) as d
    group by 1)
  select jsonb_agg(jsonb_build_object('at', to_char(t.starts_at at time zone v_property.time_zone, 'HH24:MI'), 'people', t.people,
                                      'rooms', t.rooms, 'lines', d.lines) order by t.starts_at),
         sum(t.orders), sum(t.people)
  into v_slots, v_orders, v_people
  from (
    select o.starts_at, count(*) as orders, sum(o.people) as people,
           string_agg(coalesce(o.room_number, '–') || case when o.is_special then ' ✎' else '' end, ', ' order by o.room_number) as rooms
    from ordered as o
    group by 1) as t
  left join dishes as d using (starts_at);

  if v_orders > 0 then
    perform app.notify_team(
      v_property.id, 'kitchen', 'menu_summary',
      jsonb_build_object(
        'title', jsonb_build_object('en', format('%s, %s', v_menu.name ->> 'en', app.date_text(v_day, 'en')),
                                    'es', format('%s, %s', coalesce(v_menu.name ->> 'es', v_menu.name ->> 'en'), app.date_text(v_day, 'es'))),
        'slots', v_slots),
      null, format('menu_summary:%s:%s', v_menu.id, v_day));
  end if;
  return jsonb_build_object('orders', coalesce(v_orders, 0), 'people', coalesce(v_people, 0));
end
$$;

alter function app.daily_menu_summary(app.job_runs) owner to engine;
comment on function app.daily_menu_summary(app.job_runs) is
  'A ticket for the kitchen of the day of the slot: by time, how many people, which rooms, (✎ where the guest noted something or keeps a diet, which the order itself tells), each dish as it was chosen with how many of it. The variant is the menu''s slug.';
revoke all on function app.daily_menu_summary(app.job_runs) from public, service;
