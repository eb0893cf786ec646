-- set_retention: how long a property, or the whole hotel, keeps what it may forget.
-- may:      hotel:settings:write; for the whole hotel, members who work at all of it
-- refuses:  property_not_found, whole_tenant_only, input_invalid, retention_class_unknown, retention_days_invalid
-- then:     the next night forgets by it
create or replace function api.set_retention(p_property_code text, p_days jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property_id uuid;
begin
  perform app.require('hotel:settings:write');
  v_property_id := app.place_of_setting(p_property_code);
  perform app.retention_must_be_sound(v_property_id is not null, p_days);

  -- lock
  perform from public.tenants as t where t.id = app.tenant_id() for no key update;
  with wanted as (
    select c.class, p_days -> c.class as days,
           to_jsonb(case when c.is_of_property then app.retention_days(null, c.class) else c.default_days end) as otherwise
    from app.retention_classes() as c
    where p_days ? c.class
  ), as_everywhere as (
    -- what holds anyway is not stated, and so follows it when it changes
    delete from public.app_settings as s
    using wanted as w
    where s.tenant_id = app.tenant_id() and s.property_id is not distinct from v_property_id
      and s.key = 'retention_days:' || w.class and w.days = coalesce(w.otherwise, 'null')
  )
  insert into public.app_settings (tenant_id, property_id, key, value, updated_at)
  select app.tenant_id(), v_property_id, 'retention_days:' || w.class,
         case when w.days = 'null' then w.days else to_jsonb((w.days #>> '{}')::numeric::integer) end, app.now()
  from wanted as w
  where w.days <> coalesce(w.otherwise, 'null')
  on conflict on constraint setting_is_stated_once do update
  set value = excluded.value, updated_at = excluded.updated_at
  where app_settings.value <> excluded.value;
  return app.retention_as_json(v_property_id);
end
$$;

alter function api.set_retention(text, jsonb) owner to engine;
comment on function api.set_retention(text, jsonb) is
  'Sets days of some classes, {"messages": 60}, at a property or, with a null code, those of the whole hotel. 1 to 3650 whole days, for invoices from 1461 on; null keeps for ever, where a class may be kept. Answers as api.retention_settings does for it. The same again changes nothing.';
revoke all on function api.set_retention(text, jsonb) from public;
grant execute on function api.set_retention(text, jsonb) to staff, admin;
