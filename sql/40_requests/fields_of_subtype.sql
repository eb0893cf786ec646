-- fields_of_subtype: what an action asks of one kind of request.
create or replace function app.fields_of_subtype(p_requires jsonb, p_subtype text)
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(f.key, f.value - 'subtypes'), '{}')
  from jsonb_each(coalesce(p_requires, '{}')) as f
  where not f.value ? 'subtypes' or f.value -> 'subtypes' ? coalesce(p_subtype, '')
$$;

comment on function app.fields_of_subtype(jsonb, text) is 'The fields that name no subtypes, or this one among them.';
