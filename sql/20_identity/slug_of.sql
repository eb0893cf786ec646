-- slug_of: a hotel's name as it stands in addresses.
create or replace function app.slug_of(p_hotel_name text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case when length(s.slug) < 3 then rpad(s.slug, 3, 'x') else rtrim(left(s.slug, 60), '-') end
  from (select regexp_replace('h' || btrim(regexp_replace(
          lower(regexp_replace(normalize(p_hotel_name, nfkd), '[^[:ascii:]]', '', 'g')), '[^a-z0-9]+', '-', 'g'), '-'), '^h([a-z])', '\1')) as s (slug)
$$;

comment on function app.slug_of(text) is 'Lower case, without accents, hyphens for the rest: The Hamsun is the-hamsun. A name without a letter at its start gets an h before it.';
