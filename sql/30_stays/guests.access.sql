-- guests: the tenant's own; a member bound to some properties sees those who ever booked there, a guest oneself.
-- Without hotel:guests:read a member still meets the guests of the bookings and requests that they may see, by name and language:
-- the view masks the rest.
select app.isolate_tenant('public.guests');

drop policy if exists members_read on public.guests;
create policy members_read on public.guests for select to staff, admin
  using (case
    when (select app.can('hotel:guests:read') and app.sees_all_properties()) then true
    else (select app.can('hotel:guests:read') or app.can('hotel:bookings:read'))
         and exists (
           select from public.bookings as b
           where b.tenant_id = guests.tenant_id
             and b.guest_id = guests.id
             and ((select app.sees_all_properties()) or b.property_id = any ((select app.property_ids())::uuid[])))
      or (select app.can('hotel:requests:read') and not app.can('hotel:guests:read'))
         and exists (
           select from portal.requests as r
           where r.tenant_id = guests.tenant_id and r.guest_id = guests.id)
  end);

drop policy if exists guest_reads_own on public.guests;
create policy guest_reads_own on public.guests for select to guest
  using ((select app.level()) in ('context', 'identified') and id = (
    select b.guest_id from public.bookings as b
    where b.tenant_id = (select app.tenant_id()) and b.id = (select app.booking_id())));

grant select, insert, update on public.guests to engine;
grant select on public.guests to service;
grant select (tenant_id, id, first_name, last_name, email, phone, language, id_type, id_number, nationality, address,
              dietary_notes, notes, created_at, updated_at, erased_at) on public.guests to staff, admin;
grant select (tenant_id, id, first_name, last_name, email, phone, language, dietary_notes) on public.guests to guest;
-- guest: no id_number, no notes: what the hotel wrote down is not shown back
-- no insert, update, delete: commands only
