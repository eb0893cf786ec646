-- require_property: a command touches only properties its caller works at.
-- may:      called by commands
-- refuses:  property_not_found
-- then:     nothing
create or replace function app.require_property(p_property_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from public.properties as p
                 where p.tenant_id = app.tenant_id() and p.id = p_property_id and app.sees_property(p.id)) then
    raise exception 'There is no such property.'
      using errcode = 'PT404', detail = 'property_not_found';
  end if;
end
$$;

comment on function app.require_property(uuid) is 'Refuses a property the member does not work at with the words of one that does not exist.';
