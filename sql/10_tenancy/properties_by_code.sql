-- properties_by_code: where a member is to work.
-- may:      called by commands that place members
-- refuses:  property_not_found
-- then:     nothing
create or replace function app.properties_by_code(p_codes text[])
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  if coalesce(cardinality(p_codes), 0) = 0 then
    return app.property_ids();
  end if;
  return (select array_agg((app.find_property(c, null)).id) from unnest(p_codes) as c);
end
$$;

comment on function app.properties_by_code(text[]) is 'Ids of properties the caller works at. None named: as many as the caller sees, where empty means all.';
