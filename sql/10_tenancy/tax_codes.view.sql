-- tax_codes: the taxes of the properties, past ones among them.
create or replace view api.tax_codes
with (security_invoker = true) as
select x.id, x.property_id, p.code as property_code, x.code, x.name, x.rate, x.categories, x.valid_from, x.valid_until
from public.tax_codes as x
join public.properties as p on p.tenant_id = x.tenant_id and p.id = x.property_id;

comment on view api.tax_codes is 'Tax codes of the viewer''s properties, rate in percent, null for exempt; valid_until null: holds now.';
grant select on api.tax_codes to staff, admin;
