-- service_hours: when a service is open at the guest's property.
-- definer because guests have no right on settings.
create or replace function app.service_hours(p_type_slug text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select app.setting((app.property_ids())[1], 'service_hours:' || p_type_slug)
$$;

alter function app.service_hours(text) owner to engine;
comment on function app.service_hours(text) is '{from, until} of a request type, local times at the property of the guest''s booking; null: at all hours.';
grant execute on function app.service_hours(text) to guest;
