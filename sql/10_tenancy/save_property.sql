-- save_property: a property of the tenant is made, or changed.
-- may:      hotel:settings:write
-- refuses:  field_unknown, field_invalid, time_zone_unknown, language_unknown, guest_phone_is_e164, property_code_invalid, property_incomplete, property_not_found, currency_is_in_use
-- then:     a new one has the default feature windows, and charges are untaxed until its taxes are set
create or replace function api.save_property(p_code text, p_property jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_code text := upper(btrim(p_code));
  v_new public.properties;
  v_old public.properties;
begin
  perform app.require('hotel:settings:write');
  v_new := app.property_fields(p_property);
  if v_code is null or v_code !~ '^[A-Z][A-Z0-9]{1,5}$' then
    raise exception 'A house is called by two to six capitals and digits.'
      using errcode = 'PT422', detail = 'property_code_invalid', hint = 'Choose a short name such as FSL.';
  end if;
  -- lock
  perform from public.tenants as t where t.id = app.tenant_id() for no key update;
  select p.* into v_old from public.properties as p where p.tenant_id = app.tenant_id() and p.code = v_code for no key update;

  if v_old.id is null then
    if not app.sees_all_properties() then
      raise exception 'There is no such property.' using errcode = 'PT404', detail = 'property_not_found';
    elsif num_nulls(v_new.name, v_new.country, v_new.time_zone, v_new.currency) > 0 then
      raise exception 'A new house needs a name, a country, a time zone and a currency.'
        using errcode = 'PT422', detail = 'property_incomplete', hint = 'Fill in what is missing.';
    end if;
    v_old := jsonb_populate_record(null::public.properties, jsonb_build_object(
      'tax_mode', 'inclusive', 'default_language', 'en', 'check_in_time', '14:00', 'check_out_time', '12:00',
      'is_default', not exists (select from public.properties as p where p.tenant_id = app.tenant_id() and p.is_default)));
    insert into public.properties (tenant_id, code, name, time_zone, country, currency, tax_mode, default_language, check_in_time, check_out_time, is_default)
    values (app.tenant_id(), v_code, v_new.name, v_new.time_zone, v_new.country, v_new.currency, v_old.tax_mode, v_old.default_language,
            v_old.check_in_time, v_old.check_out_time, v_old.is_default)
    returning * into v_old;
    perform app.lay_out_property(v_old.id);
  end if;
  perform app.require_property(v_old.id);
  perform app.change_property(v_old, v_new, p_property ? 'phone', p_property ? 'accent_color');
  return jsonb_build_object('id', v_old.id, 'code', v_code);
end
$$;

alter function api.save_property(text, jsonb) owner to engine;
comment on function api.save_property(text, jsonb) is
  'Writes the fields given of the property with this code, which is made if there is none: name, country, time_zone, currency, tax_mode, default_language, check_in_time, check_out_time, phone, accent_color, is_default. The same again changes nothing.';
revoke all on function api.save_property(text, jsonb) from public;
grant execute on function api.save_property(text, jsonb) to staff, admin;
