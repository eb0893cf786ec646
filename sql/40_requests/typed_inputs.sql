-- typed_inputs: everything a workflow asks for, read and complete.
-- may:      called by commands
-- refuses:  input_missing, input_invalid, input_unknown
-- then:     nothing
create or replace function app.typed_inputs(p_property_id uuid, p_fields jsonb, p_input jsonb, p_kind text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_name text;
  v_field jsonb;
  v_inputs jsonb := jsonb '{}';
begin
  if jsonb_typeof(coalesce(p_input, '{}')) <> 'object' then
    raise exception 'The input is no object.' using errcode = 'PT422', detail = 'input_invalid', hint = 'Give {"field": value}.';
  end if;
  for v_name, v_field in
    select f.key, f.value from jsonb_each(coalesce(p_fields, '{}')) as f where not f.value ? 'by' or (f.value -> 'by') ? p_kind or (p_kind = 'system' and p_input ? f.key)
  loop
    if coalesce(btrim(p_input ->> v_name), '') <> '' then
      v_inputs := v_inputs || jsonb_build_object(v_name, app.typed_input(p_property_id, v_name, v_field, p_input -> v_name));
    elsif coalesce((v_field ->> 'required')::boolean, true) then
      raise exception '"%" is missing.', app.printed(coalesce(app.label(v_field -> 'label'), v_name))
        using errcode = 'PT422', detail = 'input_missing', hint = v_name;
    end if;
  end loop;
  for v_name in select k from jsonb_object_keys(coalesce(p_input, '{}')) as k loop
    if not coalesce(p_fields, '{}') ? v_name then
      raise exception '"%" is not asked for here.', app.printed(v_name) using errcode = 'PT422', detail = 'input_unknown', hint = v_name;
    end if;
  end loop;
  return v_inputs;
end
$$;

comment on function app.typed_inputs(uuid, jsonb, jsonb, text) is
  'Checks an input object against {field: {type, required, by, options}}; required unless it says false, asked only of those in "by"; the system may say what it is not asked for. The hint of a refusal names the field.';
