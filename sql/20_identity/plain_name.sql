-- plain_name: a name as people type it on a phone.
create or replace function app.plain_name(p_name text)
returns text
language sql
immutable
set search_path = ''
as $$
  select nullif(regexp_replace(lower(normalize(p_name, nfkd)), '[^[:alnum:]]', '', 'g'), '')
$$;

comment on function app.plain_name(text) is 'A name without case, accents, spaces and hyphens, for comparing; null when nothing is left.';
