-- register_kiosk: a device joins a property.
-- may:      hotel:kiosks:write
-- refuses:  permission_missing, field_unknown, field_invalid, property_not_found, kiosk_name_is_unique_in_its_property
-- then:     the claims of its token are given this once
create or replace function api.register_kiosk(p_kiosk jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property_id uuid;
  v_name text := btrim(p_kiosk ->> 'name');
  v_id uuid := app.new_id();
  v_secret text := app.new_secret();
  v_claims jsonb;
begin
  perform app.require('hotel:kiosks:write');
  perform app.refuse_unknown_fields(p_kiosk, 'kiosk', array['name', 'property_id', 'property_code', 'firmware_version']);
  if v_name is null or length(v_name) not between 1 and 80 or length(p_kiosk ->> 'firmware_version') > 40 then
    raise exception 'A kiosk has a name.'
      using errcode = 'PT422', detail = 'field_invalid', hint = 'Give it a name of 1 to 80 characters that says where it stands.';
  end if;
  v_property_id := (app.find_property(p_kiosk ->> 'property_code', app.uuid_or_null(p_kiosk ->> 'property_id'))).id;
  v_claims := app.new_device_token(v_id, v_secret);
  begin
    insert into kiosk.kiosks (tenant_id, id, property_id, name, api_key_digest, session_id, firmware_version, registered_by, created_at, updated_at)
    values (app.tenant_id(), v_id, v_property_id, v_name, app.digest(v_secret), (v_claims ->> 'session_id')::uuid,
            p_kiosk ->> 'firmware_version', app.actor_id(), app.now(), app.now());
  exception
    when unique_violation then
      raise exception 'There is a kiosk of that name already.'
        using errcode = 'PT409', detail = 'kiosk_name_is_unique_in_its_property', hint = 'Choose another name, or revoke the other one first.';
  end;
  perform app.emit_event('kiosk.registered', v_property_id, null, null, 'kiosk', v_id);
  return jsonb_build_object('id', v_id, 'name', v_name, 'property_id', v_property_id, 'claims', v_claims);
end
$$;

alter function api.register_kiosk(jsonb) owner to engine;
comment on function api.register_kiosk(jsonb) is
  'Registers a kiosk {name, property_id or property_code, firmware_version} and gives the claims of its device token, which the function kiosk-register signs and shows once. A second call by the same name is refused.';
revoke all on function api.register_kiosk(jsonb) from public;
grant execute on function api.register_kiosk(jsonb) to staff, admin;
