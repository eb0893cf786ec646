-- tg_properties__servings_follow: a breakfast at eight stays at eight on the wall when its property moves to another zone.
create or replace function app.tg_properties__servings_follow()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- lock: the requests, then their servings, each in order of id
  perform from portal.requests as r
  join service_menus.orders as o on o.tenant_id = r.tenant_id and o.request_id = r.id
  join service_menus.sessions as s on s.tenant_id = o.tenant_id and s.id = o.session_id
  where r.tenant_id = new.tenant_id and r.property_id = new.id and s.locked_at is null
  order by r.id
  for no key update of r;
  perform from service_menus.sessions as s
  join service_menus.menus as m on m.tenant_id = s.tenant_id and m.id = s.menu_id
  where s.tenant_id = new.tenant_id and m.property_id = new.id and s.locked_at is null
  order by s.id
  for no key update of s;

  with due as (
    select s.tenant_id, s.id, w.begins
    from service_menus.sessions as s
    join service_menus.menus as m on m.tenant_id = s.tenant_id and m.id = s.menu_id
    join service_menus.time_slots as t on t.tenant_id = s.tenant_id and t.id = s.slot_id
    cross join lateral (select (s.served_on + t.starts_at) at time zone new.time_zone as begins) as w
    where s.tenant_id = new.tenant_id and m.property_id = new.id and s.locked_at is null and greatest(s.starts_at, w.begins) > app.now()),
  moved as (
    update service_menus.sessions as s
    set starts_at = d.begins
    from due as d
    where s.tenant_id = d.tenant_id and s.id = d.id
    returning s.tenant_id, s.id, s.starts_at)
  update portal.requests as r
  set scheduled_for = v.starts_at, updated_at = app.now()
  from moved as v
  join service_menus.orders as o on o.tenant_id = v.tenant_id and o.session_id = v.id
  where r.tenant_id = o.tenant_id and r.id = o.request_id;
  return null;
end
$$;

comment on function app.tg_properties__servings_follow() is
  'Gives the servings to come that are not locked, and the requests of their orders, the instant of their time of day in the new zone: when they are locked and served follows. What is locked is with the kitchen and stands. Wake-up calls, rides, planned cleanings and whatever else was agreed for an instant stay at that instant.';

create or replace trigger properties__servings_follow
  after update of time_zone on public.properties
  for each row when (old.time_zone is distinct from new.time_zone)
  execute function app.tg_properties__servings_follow();
