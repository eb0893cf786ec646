-- tax_codes: whoever reads charges may know the taxes.
select app.isolate_tenant('public.tax_codes');

drop policy if exists members_read on public.tax_codes;
create policy members_read on public.tax_codes for select to staff, admin
  using ((select app.can('hotel:charges:read')));

grant select on public.tax_codes to engine, service, staff, admin;
grant insert, update, delete on public.tax_codes to engine;
-- a tax that charges may have carried is ended, not deleted: set_taxes
