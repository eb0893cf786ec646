-- development_links: every live code of the demo, for `staybase link`.
-- Across tenants, so only the migrating role may: it lists codes, which open sessions.
create or replace function app.development_links()
returns table (code text, state text, property text, guest text, tenant text)
language sql
stable
set search_path = ''
as $$
  select c.code, s.state, p.code, g.first_name || coalesce(' ' || g.last_name, ''), t.slug
  from portal.codes as c
  join public.bookings as b on b.tenant_id = c.tenant_id and b.id = c.booking_id
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  join public.tenants as t on t.id = b.tenant_id
  cross join lateral (
    select app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone)) as state) as s
  where s.state is not null
    and app.code_is_alive(b.checkin_status, b.check_out, b.checked_out_on, app.today_in(p.time_zone))
  order by t.id, p.is_default desc, p.code,
    array_position(array['pre_checkin', 'arrival_day', 'in_house', 'departure_day', 'post_checkout'], s.state), b.created_at
$$;

revoke all on function app.development_links() from public;
comment on function app.development_links() is 'Development build only: the live portal codes, with state, property, guest and tenant.';
