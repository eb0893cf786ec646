-- retention_settings: how long each property keeps what it may forget.
-- may:      hotel:settings:write
-- refuses:  nothing
-- then:     nothing
create or replace function api.retention_settings()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:settings:write');
  return jsonb_build_object(
    'hotel', case when app.sees_all_properties() then app.retention_as_json(null) end,
    'properties', (
      select jsonb_agg(jsonb_build_object('code', p.code, 'name', p.name, 'classes', app.retention_as_json(p.id)) order by p.is_default desc, p.code)
      from public.properties as p
      where p.tenant_id = app.tenant_id() and app.sees_property(p.id)));
end
$$;

alter function api.retention_settings() owner to engine;
comment on function api.retention_settings() is
  '{hotel: classes, properties: [{code, name, classes}]}, classes as [{class, label, days, default_days, may_be_kept}]; hotel is null for members of some properties only. Null days: kept for ever.';
revoke all on function api.retention_settings() from public;
grant execute on function api.retention_settings() to staff, admin;
