-- taxes_for: the taxes on a category at a property on its business date.
create or replace function app.taxes_for(p_property_id uuid, p_category text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', x.code, 'name', x.name, 'rate', x.rate) order by x.code), '[]')
  from public.tax_codes as x
  where x.tenant_id = app.tenant_id()
    and x.property_id = p_property_id
    and p_category = any (x.categories)
    and x.valid_from <= app.business_date(p_property_id)
    and (x.valid_until is null or x.valid_until > app.business_date(p_property_id))
$$;

comment on function app.taxes_for(uuid, text) is '[{code, name, rate}] of the tax codes that hold; rate null: exempt. Empty: no tax code covers the category.';
