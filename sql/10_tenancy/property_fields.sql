-- property_fields: what is said of a property, checked field by field.
-- may:      called by save_property and first_property
-- refuses:  field_unknown, field_invalid, time_zone_unknown, language_unknown, guest_phone_is_e164
-- then:     nothing
create or replace function app.property_fields(p_property jsonb)
returns public.properties
language plpgsql
stable
set search_path = ''
as $$
declare
  v_property public.properties;
  v_wrong text;
begin
  perform app.refuse_unknown_fields(p_property, 'property', array['name', 'country', 'time_zone', 'currency', 'tax_mode', 'default_language',
    'check_in_time', 'check_out_time', 'phone', 'accent_color', 'is_default']);
  select f.name into v_wrong
  from (values
    ('name', '^.*\S.*$'), ('country', '^[A-Z]{2}$'), ('currency', '^[A-Z]{3}$'), ('tax_mode', '^(inclusive|exclusive)$'),
    ('check_in_time', '^([01]\d|2[0-3]):[0-5]\d(:00)?$'), ('check_out_time', '^([01]\d|2[0-3]):[0-5]\d(:00)?$'),
    ('accent_color', '^#[0-9a-f]{6}$'), ('is_default', '^(true|false)$')) as f (name, shape)
  where p_property ->> f.name !~ f.shape or length(p_property ->> f.name) > 120
     or (p_property -> f.name = 'null' and f.name <> 'accent_color')
  limit 1;
  if v_wrong is not null then
    raise exception 'The % of the property cannot be read.', app.printed(replace(v_wrong, '_', ' '))
      using errcode = 'PT422', detail = 'field_invalid', hint = format('Look at %s again.', v_wrong);
  elsif not exists (select from pg_catalog.pg_timezone_names as z
                    where z.name = coalesce(p_property ->> 'time_zone', 'UTC') and z.name !~ '^posix|^Etc/|^[A-Z0-9+-]+$|^SystemV' or z.name = 'UTC'
                      and coalesce(p_property ->> 'time_zone', 'UTC') = 'UTC') then
    raise exception 'There is no such time zone.'
      using errcode = 'PT422', detail = 'time_zone_unknown', hint = 'Name the city, such as Asia/Karachi.';
  elsif coalesce(p_property ->> 'default_language', 'en') not in ('en', 'es', 'ur') then
    raise exception 'This language is not spoken here yet.'
      using errcode = 'PT422', detail = 'language_unknown', hint = 'Choose en, es or ur.';
  end if;
  v_property := jsonb_populate_record(null::public.properties, p_property || jsonb_build_object('name', btrim(p_property ->> 'name')));
  v_property.phone := app.e164_phone(v_property.phone);
  return v_property;
end
$$;

comment on function app.property_fields(jsonb) is 'The fields given, as a row whose other columns are null; refuses the first that makes no sense.';
