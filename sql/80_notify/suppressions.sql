-- suppressions: who is not written to, and why.
-- may:      hotel:messages:write
-- refuses:  permission_missing
-- then:     nothing
create or replace function api.suppressions()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:messages:write');
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', f.id, 'reason', f.reason, 'since', f.since, 'address', app.masked(f.address), 'guests', g.names,
      'may_be_lifted', f.reason in ('stop', 'bounce')) order by f.since desc, f.id desc), '[]')
    from (
      select s.* from notify.suppressions as s
      where s.tenant_id = app.tenant_id() and s.lifted_at is null
      order by s.since desc, s.id desc
      limit 200) as f
    cross join lateral (
      select coalesce(jsonb_agg(distinct concat_ws(' ', n.first_name, n.last_name)), '[]') as names
      from public.guests as n
      where n.tenant_id = f.tenant_id and f.address in (n.phone, n.email) and n.erased_at is null
        and exists (select from public.bookings as b
                    where b.tenant_id = n.tenant_id and b.guest_id = n.id and app.sees_property(b.property_id))) as g);
end
$$;

alter function api.suppressions() owner to engine;
comment on function api.suppressions() is
  'The 200 addresses suppressed last: [{id, reason: stop, provider, provider_marketing or bounce, since, address: masked, guests: names of whom the viewer''s properties know under it, may_be_lifted}].';
revoke all on function api.suppressions() from public;
grant execute on function api.suppressions() to admin;
