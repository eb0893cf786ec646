-- retention_days: how long a class of data is kept.
create or replace function app.retention_days(p_property_id uuid, p_class text)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_default integer := (select c.default_days from app.retention_classes() as c where c.class = p_class);
  v_days jsonb := app.setting(p_property_id, 'retention_days:' || p_class, to_jsonb(v_default));
begin
  return case when jsonb_typeof(v_days) = 'number' then greatest((v_days #>> '{}')::numeric::integer, 1) end;
end
$$;

comment on function app.retention_days(uuid, text) is
  'Days from app_settings, key retention_days:<class>, else the default; null keeps for ever. app.retention_classes lists the classes.';
