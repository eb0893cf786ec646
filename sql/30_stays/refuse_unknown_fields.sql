-- refuse_unknown_fields: a misspelt field is an error, not a field left out.
-- refuses:  field_unknown, field_invalid
create or replace function app.refuse_unknown_fields(p_object jsonb, p_name text, p_known text[])
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_unknown text;
begin
  if jsonb_typeof(p_object) is distinct from 'object' then
    raise exception '% is not an object.', app.printed(p_name)
      using errcode = 'PT422', detail = 'field_invalid', hint = 'Send a JSON object.';
  end if;
  select string_agg(k, ', ' order by k) into v_unknown
  from jsonb_object_keys(p_object) as k
  where k <> all (p_known);
  if v_unknown is not null then
    raise exception 'A % has no %.', app.printed(p_name), app.printed(v_unknown)
      using errcode = 'PT422', detail = 'field_unknown', hint = format('It has %s.', array_to_string(p_known, ', '));
  end if;
end
$$;

comment on function app.refuse_unknown_fields(jsonb, text, text[]) is 'Refuses what is no object, or has a field that is not in p_known, naming it.';
