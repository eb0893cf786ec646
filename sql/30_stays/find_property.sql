-- find_property: the property a caller names, else the tenant's default one.
-- refuses:  property_not_found
create or replace function app.find_property(p_code text, p_id uuid)
returns public.properties
language plpgsql
stable
set search_path = ''
as $$
declare
  v_property public.properties;
begin
  select p.* into v_property
  from public.properties as p
  where p.tenant_id = app.tenant_id()
    and (p_code is null or p.code = upper(p_code))
    and (p_id is null or p.id = p_id)
    and (p_code is not null or p_id is not null or p.is_default);
  perform app.require_property(v_property.id);
  if v_property.id is null then
    raise exception 'There is no such property.'
      using errcode = 'PT404', detail = 'property_not_found';
  end if;
  return v_property;
end
$$;

comment on function app.find_property(text, uuid) is 'A property by code or id; without either the default one. One the caller does not work at is not found.';
