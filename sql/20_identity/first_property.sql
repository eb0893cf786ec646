-- first_property: the building that a hotel begins with.
-- may:      called by register_tenant
-- refuses:  field_unknown, field_invalid, time_zone_unknown, language_unknown, guest_phone_is_e164, property_incomplete
-- then:     feature windows, and charges untaxed until its taxes are set
create or replace function app.first_property(p_code text, p_property jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_given public.properties := app.property_fields(p_property);
  v_made public.properties;
begin
  if num_nulls(p_code, v_given.name, v_given.country, v_given.time_zone, v_given.currency) > 0 then
    raise exception 'A new house needs a code, a name, a country, a time zone and a currency.'
      using errcode = 'PT422', detail = 'property_incomplete', hint = 'Fill in what is missing.';
  end if;
  insert into public.properties (tenant_id, code, name, time_zone, country, currency, is_default)
  values (app.tenant_id(), p_code, v_given.name, v_given.time_zone, v_given.country, v_given.currency, true)
  returning * into v_made;
  perform app.lay_out_property(v_made.id),
          app.change_property(v_made, v_given, p_property ? 'phone', p_property ? 'accent_color');
end
$$;

comment on function app.first_property(text, jsonb) is 'Makes the default property of a new tenant from the fields that save_property takes.';
