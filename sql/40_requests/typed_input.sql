-- typed_input: an input as the workflow wants it, or a refusal that names it.
-- may:      called by commands
-- refuses:  input_invalid
-- then:     nothing
create or replace function app.typed_input(p_property_id uuid, p_name text, p_field jsonb, p_value jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_text text := btrim(p_value #>> '{}');
  v_zone text;
  v_currency text;
  v_problem text;
  v_at timestamptz;
  v_value jsonb;
begin
  if jsonb_typeof(p_value) not in ('string', 'number') then
    v_problem := 'be a single value';
  end if;
  case p_field ->> 'type'
    when 'timestamp' then
      select p.time_zone into v_zone from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_property_id;
      -- ISO 8601 only: 'tomorrow' and 'infinity' are timestamps to PostgreSQL
      if v_text !~* '^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d(:?\d\d)?)?$' then
        raise invalid_datetime_format;
      end if;
      v_at := case when v_text ~* '(z|[+-]\d\d(:?\d\d)?)$'
                   then v_text::timestamptz else v_text::timestamp at time zone v_zone end;
      v_value := to_jsonb(v_at);
      if v_at not between timestamptz '1900-01-01Z' and app.now() + interval '10 years' then
        v_problem := 'lie within the next ten years';
      end if;
    when 'money' then
      select p.currency into v_currency from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_property_id;
      v_value := to_jsonb(v_text::numeric(14, 3));
      if v_text::numeric < 0 or v_text::numeric = 'NaN' or not app.fits_currency(v_text::numeric, v_currency) then
        v_problem := format('be an amount in %s, not negative', v_currency);
      end if;
    when 'member' then
      v_value := to_jsonb(v_text::uuid);
      if not exists (select from identity.memberships as m
                     where m.tenant_id = app.tenant_id() and m.id = v_text::uuid and m.is_active
                       and (m.property_ids = '{}' or p_property_id = any (m.property_ids))) then
        v_problem := 'be a colleague who works at this property';
      end if;
    when 'date' then
      -- 'today' and 'infinity' are dates to PostgreSQL
      if v_text !~ '^\d{4}-\d\d-\d\d$' then
        raise invalid_datetime_format;
      end if;
      v_value := to_jsonb(v_text::date);
    when 'time' then
      v_value := to_jsonb(v_text);
      if v_text !~ '^([01]\d|2[0-3]):[0-5]\d$' then
        raise invalid_datetime_format;
      end if;
    when 'room_type' then
      v_value := to_jsonb(v_text);
      if not exists (select from public.room_types as t
                     where t.tenant_id = app.tenant_id() and t.property_id = p_property_id and t.code = v_text) then
        v_problem := 'be a kind of room of this property';
      end if;
    when 'room' then
      v_value := to_jsonb(v_text);
      if not exists (select from public.rooms as r
                     where r.tenant_id = app.tenant_id() and r.property_id = p_property_id and r.id = app.uuid_or_null(v_text) and r.is_active) then
        v_problem := 'be a room of this property';
      end if;
    when 'choice' then
      v_value := to_jsonb(v_text);
      if not coalesce((p_field -> 'options') ? v_text, false) then
        v_problem := format('be one of %s', (select string_agg(o, ', ') from jsonb_array_elements_text(p_field -> 'options') as o));
      end if;
    else
      v_value := to_jsonb(v_text);
      if length(v_text) > 1000 then
        v_problem := 'have at most 1000 characters';
      end if;
  end case;
  if v_problem is not null then
    raise invalid_text_representation using message = v_problem;
  end if;
  return v_value;
exception
  when invalid_text_representation or datetime_field_overflow or invalid_datetime_format or numeric_value_out_of_range
       or invalid_time_zone_displacement_value then
    raise exception '"%" cannot be read.', app.printed(p_name)
      using errcode = 'PT422', detail = 'input_invalid',
            hint = format('%s must %s.', p_name, coalesce(v_problem, case p_field ->> 'type'
              when 'timestamp' then 'be a date and time, as 2026-05-01T14:30' when 'money' then 'be an amount, as 1500.00'
              when 'date' then 'be a date, as 2026-05-01' when 'time' then 'be a time of day, as 15:30'
              when 'member' then 'be a colleague''s id' else 'be readable' end));
end
$$;

comment on function app.typed_input(uuid, text, jsonb, jsonb) is
  'Reads one input by its type: text, timestamp (without an offset it is the property''s local time; at most ten years ahead), money (fits the property''s currency), member (works at the property), date, time (of day, HH:MM), room_type (a code of the property''s), room (the id of one of the property''s), choice.';
