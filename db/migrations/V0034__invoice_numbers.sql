/* pgmigrate-encoding: utf-8 */
-- A closed bill is an invoice: it has a number, a date and who issued it, and keeps them.
alter table public.folios
  add column invoice_serial integer,
  add column invoice_number text,
  add column invoiced_on date,
  add column issuer jsonb,
  add constraint an_invoice_is_issued_whole check (num_nonnulls(invoice_serial, invoice_number, invoiced_on, issuer) in (0, 4)) not valid,
  add constraint an_invoiced_folio_is_closed check (invoice_serial is null or closed_at is not null) not valid,
  add constraint invoice_serial_counts_from_one check (invoice_serial >= 1) not valid;
-- new and empty: nothing to look through
-- squawk-ignore constraint-missing-not-valid
alter table public.folios validate constraint an_invoice_is_issued_whole;
-- squawk-ignore constraint-missing-not-valid
alter table public.folios validate constraint an_invoiced_folio_is_closed;
-- squawk-ignore constraint-missing-not-valid
alter table public.folios validate constraint invoice_serial_counts_from_one;
-- squawk-ignore require-concurrent-index-creation
create unique index invoice_serial_is_given_once on public.folios (tenant_id, property_id, invoice_serial) where invoice_serial is not null;
comment on column public.folios.invoice_serial is 'The property''s invoices counted from 1, without a gap. Null: not closed, or nothing was ever charged.';
comment on column public.folios.invoice_number is 'As it is printed: INV-FSL-000042.';
comment on column public.folios.invoiced_on is 'Business date on which it was issued.';
comment on column public.folios.issuer is 'Who issued it, as it was then: {name, address, tax_number}.';
