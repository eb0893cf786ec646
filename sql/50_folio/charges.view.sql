-- charges: lines of folios.
create or replace view api.charges
with (security_invoker = true) as
select c.id, c.folio_id, f.booking_id, f.property_id, c.category, app.label(c.description) as description, c.quantity, c.unit_price, c.net,
       c.tax_total, c.gross, c.currency, c.business_on, c.source, c.request_id, c.reverses_id, c.reason, c.posted_by_name, c.posted_at
from public.charges as c
join public.folios as f on f.tenant_id = c.tenant_id and f.id = c.folio_id;

comment on view api.charges is 'Charges with net, tax and gross in the folio''s currency; a reversal names what it reverses.';
grant select on api.charges to staff, admin;
