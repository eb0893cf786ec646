-- setting: a property's own value, else the tenant's, else the default given.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.setting(p_property_id uuid, p_key text, p_default jsonb default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(
      (select s.value
       from public.app_settings as s
       where s.tenant_id = app.tenant_id()
         and s.key = p_key
         and (s.property_id = p_property_id or s.property_id is null)
       order by s.property_id is null
       limit 1),
      p_default));
end
$$;

comment on function app.setting(uuid, text, jsonb) is 'A setting of a property: its own row, else the tenant''s, else the default.';
