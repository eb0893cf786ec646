-- place_of_setting: the property that a setting is for; null: the whole hotel.
-- may:      called by commands; for the whole hotel, members who work at all of it
-- refuses:  property_not_found, whole_tenant_only
-- then:     nothing
create or replace function app.place_of_setting(p_property_code text)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_property_code is not null then
    return (app.find_property(p_property_code, null)).id;
  elsif not app.sees_all_properties() then
    raise exception 'This holds for every property of the hotel.'
      using errcode = 'PT403', detail = 'whole_tenant_only', hint = 'Ask somebody who works at all of them.';
  end if;
  return null;
end
$$;

comment on function app.place_of_setting(text) is 'Property of this code, if the caller works there; null for null, if the caller works everywhere.';
