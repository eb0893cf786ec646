-- One catalogue at every property of the tenant, from the transaction's setting seed.data (a catalogue file).
-- Prices are those of the property's currency; stock that is already there is not counted anew.

insert into portal.catalog_items (
  tenant_id, property_id, kind, category, sku, name, description, price, currency, is_complimentary,
  stock, max_quantity, position, on_cancel)
select p.tenant_id, p.id, current_setting('seed.data')::jsonb ->> 'kind', i.value ->> 'category', i.value ->> 'sku',
       i.value -> 'name', coalesce(i.value -> 'description', '{}'),
       coalesce((i.value -> 'prices' ->> p.currency)::numeric, 0), p.currency,
       i.value -> 'prices' = 'null', (i.value ->> 'stock')::integer, (i.value ->> 'max_quantity')::integer, i.ordinality,
       coalesce(i.value ->> 'on_cancel', 'give_back')
from jsonb_array_elements(current_setting('seed.data')::jsonb -> 'items') with ordinality as i
join public.properties as p on p.tenant_id = app.tenant_id()
where i.value -> 'prices' = 'null' or i.value -> 'prices' ? p.currency
on conflict (tenant_id, property_id, sku) do nothing;
