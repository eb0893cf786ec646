-- is_open_at: whether a service is open now at the guest's property.
-- definer because guests have no right on settings.
create or replace function app.is_open_at(p_type_slug text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(app.is_within_hours(app.setting(p.id, 'service_hours:' || p_type_slug), p.id), true)
  from (select (app.property_ids())[1] as id) as p
$$;

alter function app.is_open_at(text) owner to engine;
comment on function app.is_open_at(text) is 'Whether a request type''s service hours hold now at the property of the guest''s booking; without hours always.';
grant execute on function app.is_open_at(text) to guest;
