-- invoice_issuer: in whose name a property writes its bills.
create or replace function app.invoice_issuer(p_property_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'name', t.hotel_name,
    'address', coalesce(app.setting(p_property_id, 'invoice:address') #>> '{}', t.address),
    'tax_number', coalesce(app.setting(p_property_id, 'invoice:tax_number') #>> '{}',
                           nullif(concat_ws(' · ', 'GSTIN ' || t.gstin, 'PAN ' || t.pan), '')))
  from public.tenants as t
  where t.id = app.tenant_id()
$$;

comment on function app.invoice_issuer(uuid) is
  '{name, address, tax_number}: the property''s own address and tax number where its settings invoice:address and invoice:tax_number say so, else the hotel''s. null: not known.';
