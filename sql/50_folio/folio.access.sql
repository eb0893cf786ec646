-- folios, charges, charge_taxes, payments: append-only. Nobody holds update or delete on a posting, not even engine.
select app.isolate_tenant('public.folios');
select app.isolate_tenant('public.charges');
select app.isolate_tenant('public.charge_taxes');
select app.isolate_tenant('public.payments');

drop policy if exists members_read on public.folios;
create policy members_read on public.folios for select to staff, admin
  using ((select app.can('hotel:charges:read'))
         and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
-- the guest's own bill; what a company or a fellow guest pays is theirs to see
drop policy if exists guest_reads_own on public.folios;
create policy guest_reads_own on public.folios for select to guest
  using (booking_id = (select app.booking_id()) and number = 1 and (select app.level()) = 'identified');

drop policy if exists whoever_reads_the_folio on public.charges;
create policy whoever_reads_the_folio on public.charges for select to staff, admin, guest
  using (exists (select from public.folios as f where f.tenant_id = charges.tenant_id and f.id = charges.folio_id));
drop policy if exists whoever_reads_the_charge on public.charge_taxes;
create policy whoever_reads_the_charge on public.charge_taxes for select to staff, admin, guest
  using (exists (select from public.charges as c where c.tenant_id = charge_taxes.tenant_id and c.id = charge_taxes.charge_id));

drop policy if exists members_read on public.payments;
create policy members_read on public.payments for select to staff, admin
  using ((select app.can('hotel:payments:read'))
         and exists (select from public.folios as f where f.tenant_id = payments.tenant_id and f.id = payments.folio_id));
drop policy if exists guest_reads_own on public.payments;
create policy guest_reads_own on public.payments for select to guest
  using (exists (select from public.folios as f where f.tenant_id = payments.tenant_id and f.id = payments.folio_id));

grant select, insert on public.folios, public.charges, public.charge_taxes, public.payments to engine;
grant update (closed_at, closed_note, invoice_serial, invoice_number, invoiced_on, issuer, recipient, payer_name, payer_details) on public.folios to engine;
grant select on public.charges, public.charge_taxes, public.payments to service, staff, admin;
grant select on public.folios to service;
grant select (tenant_id, id, booking_id, property_id, number, payer_name, payer_details, currency, tax_mode, opened_at, closed_at, closed_note,
              invoice_number, invoiced_on) on public.folios to staff, admin;
grant select (tenant_id, id, booking_id, property_id, number, currency, tax_mode, opened_at, closed_at, invoice_number, invoiced_on) on public.folios to guest;
grant select (tenant_id, id, folio_id, category, description, quantity, unit_price, net, tax_total, gross, currency, business_on,
              request_id, reverses_id, posted_at) on public.charges to guest;
grant select (tenant_id, charge_id, code, name, rate, amount) on public.charge_taxes to guest;
grant select (tenant_id, id, folio_id, kind, method, amount, currency, settles, held, of_id, business_on, taken_at) on public.payments to guest;
-- withheld: update and delete of postings and payments, from everyone; an invoice's recipient, which api.folio_document shows as far as it may be
