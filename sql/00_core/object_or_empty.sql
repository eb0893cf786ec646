-- object_or_empty: a value to walk through even when it is no object.
create or replace function app.object_or_empty(p_value jsonb)
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case when jsonb_typeof(p_value) = 'object' then p_value else '{}' end
$$;

comment on function app.object_or_empty(jsonb) is 'The value if it is a JSON object, else an empty one: for reading documents not yet known to be sound.';
