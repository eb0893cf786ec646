-- serving_hint: what else can be had, for a refusal.
create or replace function app.serving_hint(p_menu service_menus.menus, p_booking public.bookings, p_people integer)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_hint text;
begin
  select 'Instead: ' || string_agg(app.moment_text(o.starts_at, p.time_zone, app.language()), '; ' order by o.starts_at) || '.' into v_hint
  from (select s.starts_at from app.servings_on_offer(p_menu, p_booking) as s where s.places_left >= p_people order by s.starts_at limit 6) as o
  cross join public.properties as p
  where p.tenant_id = p_menu.tenant_id and p.id = p_menu.property_id;
  return coalesce(v_hint, 'Reception can help.');
end
$$;

comment on function app.serving_hint(service_menus.menus, public.bookings, integer) is 'Up to six times with places for so many, in the caller''s language.';
