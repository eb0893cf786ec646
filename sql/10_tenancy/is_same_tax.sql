-- is_same_tax: whether a tax code says what is wanted.
create or replace function app.is_same_tax(p_code public.tax_codes, p_tax jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select p_code.code = p_tax ->> 'code' and p_code.name = p_tax ->> 'name'
    and p_code.rate is not distinct from (p_tax ->> 'rate')::numeric
    and to_jsonb(p_code.categories) = p_tax -> 'categories'
$$;

comment on function app.is_same_tax(public.tax_codes, jsonb) is 'Same code, name, rate and categories.';
