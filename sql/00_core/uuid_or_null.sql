-- uuid_or_null: an id as someone typed it.
create or replace function app.uuid_or_null(p_text text)
returns uuid
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case when p_text ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then p_text::uuid end
$$;

comment on function app.uuid_or_null(text) is 'The text as a uuid, or null when it is none: what cannot be an id is simply not found.';
