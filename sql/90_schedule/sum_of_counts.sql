-- sum_of_counts: what the batches of a run came to together.
create or replace function app.sum_of_counts(p_before jsonb, p_more jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select p_before || coalesce(jsonb_object_agg(m.key, case
    when jsonb_typeof(m.value) = 'number' and jsonb_typeof(p_before -> m.key) = 'number'
      then to_jsonb((m.value #>> '{}')::numeric + (p_before ->> m.key)::numeric)
    else m.value
  end), '{}')
  from jsonb_each(coalesce(p_more, '{}')) as m
$$;

comment on function app.sum_of_counts(jsonb, jsonb) is 'Adds the numbers of two objects by their keys; anything else is the later one.';
