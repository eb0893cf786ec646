-- filled: a text with its variables' values.
create or replace function app.filled(p_text text, p_values jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_text text := p_text;
  v_value record;
begin
  for v_value in select e.key, e.value #>> '{}' as said from jsonb_each(p_values) as e loop
    v_text := regexp_replace(v_text, '\{\{\s*' || v_value.key || '\s*\}\}', replace(coalesce(v_value.said, '–'), '\', '\\'), 'g');
  end loop;
  return v_text;
end
$$;

comment on function app.filled(text, jsonb) is 'Puts each value in the place of {{its name}}; what has none stays as it is.';
