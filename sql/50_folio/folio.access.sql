-- folios, charges, charge_taxes: append-only. Nobody holds update or delete on a posting, not even engine.
select app.isolate_tenant('public.folios');
select app.isolate_tenant('public.charges');
select app.isolate_tenant('public.charge_taxes');

drop policy if exists members_read on public.folios;
create policy members_read on public.folios for select to staff, admin
  using ((select app.can('hotel:charges:read'))
         and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists guest_reads_own on public.folios;
create policy guest_reads_own on public.folios for select to guest
  using (booking_id = (select app.booking_id()) and (select app.level()) = 'identified');

drop policy if exists whoever_reads_the_folio on public.charges;
create policy whoever_reads_the_folio on public.charges for select to staff, admin, guest
  using (exists (select from public.folios as f where f.tenant_id = charges.tenant_id and f.id = charges.folio_id));
drop policy if exists whoever_reads_the_charge on public.charge_taxes;
create policy whoever_reads_the_charge on public.charge_taxes for select to staff, admin, guest
  using (exists (select from public.charges as c where c.tenant_id = charge_taxes.tenant_id and c.id = charge_taxes.charge_id));

grant select, insert on public.folios, public.charges, public.charge_taxes to engine;
grant update (closed_at, closed_note) on public.folios to engine;
grant select on public.folios, public.charges, public.charge_taxes to service, staff, admin;
grant select (tenant_id, id, booking_id, property_id, currency, tax_mode, opened_at, closed_at) on public.folios to guest;
grant select (tenant_id, id, folio_id, category, description, quantity, unit_price, net, tax_total, gross, currency, business_on,
              request_id, reverses_id, posted_at) on public.charges to guest;
grant select (tenant_id, charge_id, code, name, rate, amount) on public.charge_taxes to guest;
-- withheld: update and delete of postings, from everyone
