-- asks_of_subtype: what one kind of a request asks for beyond its type.
create or replace function app.asks_of_subtype(p_type portal.request_types, p_subtype text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce((select s -> 'asks' from jsonb_array_elements(p_type.subtypes) as s where s ->> 'key' = p_subtype and s ? 'asks'), '{}')
$$;

comment on function app.asks_of_subtype(portal.request_types, text) is '{field: {type, required, label, options}} of a subtype; {} where it asks nothing of its own.';
