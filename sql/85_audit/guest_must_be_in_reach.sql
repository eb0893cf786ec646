-- guest_must_be_in_reach: whoever forgets a guest works wherever the guest stayed.
-- may:      called by erase_guest and explain_erasure
-- refuses:  guest_not_found
-- then:     nothing
create or replace function app.guest_must_be_in_reach(p_guest_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from public.guests as g where g.tenant_id = app.tenant_id() and g.id = p_guest_id)
     or not app.sees_all_properties()
        and not exists (select from public.bookings as b
                        where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id and app.sees_property(b.property_id)) then
    raise exception 'There is no such guest.'
      using errcode = 'PT404', detail = 'guest_not_found';
  end if;
  if exists (select from public.bookings as b
             where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id and not app.sees_property(b.property_id)) then
    perform app.require_all_properties();
  end if;
end
$$;

comment on function app.guest_must_be_in_reach(uuid) is
  'A guest of other properties alone is not found; one who stayed here and elsewhere is for members who work at all of them.';
