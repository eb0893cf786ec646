-- guests: the tenant's own; a member bound to some properties sees those who ever booked there, a guest oneself.
select app.isolate_tenant('public.guests');

drop policy if exists members_read on public.guests;
create policy members_read on public.guests for select to staff, admin
  using ((select app.can('hotel:guests:read'))
    and ((select app.sees_all_properties())
      or exists (
        select from public.bookings as b
        where b.tenant_id = guests.tenant_id
          and b.guest_id = guests.id
          and b.property_id = any ((select app.property_ids())::uuid[]))));

drop policy if exists guest_reads_own on public.guests;
create policy guest_reads_own on public.guests for select to guest
  using ((select app.level()) in ('context', 'identified') and id = (
    select b.guest_id from public.bookings as b
    where b.tenant_id = (select app.tenant_id()) and b.id = (select app.booking_id())));

grant select, insert, update on public.guests to engine;
grant select on public.guests to service;
grant select (tenant_id, id, first_name, last_name, email, phone, language, id_type, id_number, nationality, address,
              dietary_notes, notes, created_at, updated_at) on public.guests to staff, admin;
grant select (tenant_id, id, first_name, last_name, email, phone, language, dietary_notes) on public.guests to guest;
-- guest: no id_number, no notes: what the house wrote down is not shown back
-- no insert, update, delete: commands only
