-- whole_number: an id that others gave as JSON.
create or replace function app.whole_number(p_value jsonb)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select (p_value #>> '{}')::bigint
  where jsonb_typeof(p_value) in ('number', 'string') and p_value #>> '{}' ~ '^[1-9][0-9]{0,17}$'
$$;

comment on function app.whole_number(jsonb) is 'A positive whole number of up to 18 digits, or null.';
