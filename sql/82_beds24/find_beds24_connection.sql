-- find_beds24_connection: how a property is connected.
-- may:      called by commands
-- refuses:  property_not_found, beds24_not_connected
-- then:     nothing
create or replace function app.find_beds24_connection(p_property_code text)
returns notify.beds24_connections
language plpgsql
stable
set search_path = ''
as $$
declare
  v_connection notify.beds24_connections;
begin
  select c.* into v_connection
  from notify.beds24_connections as c
  where c.tenant_id = app.tenant_id() and c.property_id = (app.find_property(p_property_code, null)).id;
  if not found then
    raise exception 'This house is not connected with Beds24.'
      using errcode = 'PT404', detail = 'beds24_not_connected', hint = 'Connect it with connect_beds24.';
  end if;
  return v_connection;
end
$$;

comment on function app.find_beds24_connection(text) is 'The connection of a property that the caller works at.';
