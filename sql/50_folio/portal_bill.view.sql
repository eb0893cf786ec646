-- portal_bill: what the guest's own bill comes to.
create or replace view api.portal_bill
with (security_invoker = true) as
select f.id, f.currency, f.tax_mode, f.closed_at, s.lines, s.tax_total, s.gross as total, y.paid, s.gross - y.paid as balance, y.held as deposits_held,
       f.invoice_number
from public.folios as f
cross join lateral (
  select count(*) as lines, coalesce(sum(c.tax_total), 0) as tax_total, coalesce(sum(c.gross), 0) as gross
  from public.charges as c
  where c.tenant_id = f.tenant_id and c.folio_id = f.id) as s
cross join lateral (
  select coalesce(sum(o.settles), 0) as paid, coalesce(sum(o.held), 0) as held
  from public.payments as o
  where o.tenant_id = f.tenant_id and o.folio_id = f.id) as y
where f.booking_id = (select app.booking_id());

comment on view api.portal_bill is
  'The guest''s own bill in one row: charges with tax, what of it is paid, what is owed, deposits kept, and its invoice number once it is closed. Empty before anything was charged and until the session is identified.';
grant select on api.portal_bill to guest;
