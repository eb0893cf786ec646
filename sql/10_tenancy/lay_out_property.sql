-- lay_out_property: what a new property starts with.
-- may:      called by commands that make a property
-- refuses:  nothing
-- then:     the default feature windows; a tax code for everything, untaxed, until the taxes are set
create or replace function app.lay_out_property(p_property_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.copy_feature_windows();
  insert into public.tax_codes (tenant_id, property_id, code, name, rate, categories)
  select app.tenant_id(), p_property_id, 'UNTAXED', 'Exempt', null, app.charge_categories()
$$;

comment on function app.lay_out_property(uuid) is 'A property must never lack a tax code for a category: its charges and every new text of a request type would be refused.';
