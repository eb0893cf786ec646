-- require_tax_codes: a type that charges can be taxed at every property.
-- may:      called by publish_request_type
-- refuses:  tax_code_missing
-- then:     nothing
create or replace function app.require_tax_codes(p_type jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_missing text;
begin
  select string_agg(distinct p.code || ' ' || c.category, ', ') into v_missing
  from (select case a.value #>> '{posts_charge,category}' when 'by_subtype' then s.value ->> 'charge_category'
               else a.value #>> '{posts_charge,category}' end as category
        from jsonb_each(p_type #> '{workflow,actions}') as a
        left join jsonb_array_elements(p_type -> 'subtypes') as s on a.value #>> '{posts_charge,category}' = 'by_subtype'
        where jsonb_typeof(a.value -> 'posts_charge') = 'object') as c
  cross join public.properties as p
  where c.category is not null
    and p.tenant_id = app.tenant_id()
    and not exists (select from public.tax_codes as x
                    where x.tenant_id = p.tenant_id and x.property_id = p.id and c.category = any (x.categories)
                      and app.today(p.id) >= x.valid_from and (x.valid_until is null or app.today(p.id) < x.valid_until));
  if v_missing is not null then
    raise exception 'No tax code covers: %.', app.printed(v_missing)
      using errcode = 'PT422', detail = 'tax_code_missing', hint = 'Add a tax code for the category, exempt if it is not taxed.';
  end if;
end
$$;

comment on function app.require_tax_codes(jsonb) is 'Refuses a document whose charges have no tax code at some property of the tenant.';
