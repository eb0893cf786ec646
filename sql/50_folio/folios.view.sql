-- folios: bills with what they come to.
create or replace view api.folios
with (security_invoker = true) as
select f.id, f.booking_id, f.property_id, f.currency, f.tax_mode, f.opened_at, f.closed_at, f.closed_note,
       s.charges, s.net, s.tax_total, s.gross, s.gross - y.paid as balance, f.number, f.payer_name, f.payer_details, y.paid, f.invoice_number, f.invoiced_on
from public.folios as f
cross join lateral (
  select count(*) as charges, coalesce(sum(c.net), 0) as net, coalesce(sum(c.tax_total), 0) as tax_total, coalesce(sum(c.gross), 0) as gross
  from public.charges as c
  where c.tenant_id = f.tenant_id and c.folio_id = f.id) as s
cross join lateral (select app.paid_of_folio(f.id) as paid) as y;

comment on view api.folios is 'Folios with the sums of their charges; balance is what is still owed, payments subtracted.';
grant select on api.folios to staff, admin;
