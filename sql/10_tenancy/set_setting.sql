-- set_setting: a property, or the whole hotel, does something its own way.
-- may:      hotel:settings:write; for the whole hotel, members who work at all of it
-- refuses:  property_not_found, whole_tenant_only, setting_unknown, setting_of_whole_hotel, setting_invalid
-- then:     it holds from now on
create or replace function api.set_setting(p_property_code text, p_name text, p_value jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property_id uuid;
  v_kind record;
  v_value jsonb;
  v_otherwise jsonb;
begin
  perform app.require('hotel:settings:write');
  v_property_id := app.place_of_setting(p_property_code);
  select k.* into v_kind from app.setting_kinds() as k where k.key = p_name;
  if not found then
    raise exception 'There is no setting %.', app.printed(p_name)
      using errcode = 'PT422', detail = 'setting_unknown',
            hint = 'Settings: ' || (select string_agg(k.key, ', ') from app.setting_kinds() as k) || '.';
  elsif v_property_id is not null and not v_kind.is_of_property then
    raise exception 'This is set for the whole hotel.'
      using errcode = 'PT422', detail = 'setting_of_whole_hotel', hint = 'Send no property.';
  end if;
  v_value := app.sound_setting(v_kind.kind, v_kind.lowest, v_kind.highest, p_value);
  if v_value is null and coalesce(p_value, 'null') <> 'null' then
    raise exception 'This value cannot be meant.'
      using errcode = 'PT422', detail = 'setting_invalid',
            hint = case v_kind.kind when 'boolean' then 'Send true or false.'
                                    when 'integer' then format('Send a whole number from %s to %s.', v_kind.lowest, v_kind.highest)
                                    when 'text' then format('Send a text on one line of up to %s letters.', v_kind.highest)
                                    when 'time' then 'Send "10:00", a time of the day.'
                                    else 'Send {"from": "07:00", "until": "23:00"}; until 24:00 at most, and another time than from.' end
                   || ' Null is what holds otherwise.';
  end if;

  -- lock
  perform from public.tenants as t where t.id = app.tenant_id() for no key update;
  -- what holds anyway is not stated, and so follows it when it changes
  v_otherwise := case when v_property_id is null then v_kind.default_value else app.setting(null, p_name, v_kind.default_value) end;
  if v_value is null or v_value = v_otherwise then
    delete from public.app_settings as s
    where s.tenant_id = app.tenant_id() and s.property_id is not distinct from v_property_id and s.key = p_name;
  else
    insert into public.app_settings (tenant_id, property_id, key, value, updated_at)
    values (app.tenant_id(), v_property_id, p_name, v_value, app.now())
    on conflict on constraint setting_is_stated_once do update
    set value = excluded.value, updated_at = excluded.updated_at
    where app_settings.value <> excluded.value;
  end if;
  return jsonb_build_object('key', p_name, 'property_code', p_property_code, 'value', coalesce(v_value, v_otherwise), 'default_value', v_otherwise);
end
$$;

alter function api.set_setting(text, text, jsonb) owner to engine;
comment on function api.set_setting(text, text, jsonb) is
  'Sets one of api.settings at a property or, with a null code, for the whole hotel; a null value is what holds otherwise. {key, property_code, value, default_value}. The same again changes nothing.';
revoke all on function api.set_setting(text, text, jsonb) from public;
grant execute on function api.set_setting(text, text, jsonb) to staff, admin;
