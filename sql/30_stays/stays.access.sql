-- stays: members see those of their properties, a guest the segments of one's own booking.
select app.isolate_tenant('public.stays');

drop policy if exists members_read on public.stays;
create policy members_read on public.stays for select to staff, admin
  using ((select app.can('hotel:bookings:read'))
    and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

drop policy if exists guest_reads_own on public.stays;
create policy guest_reads_own on public.stays for select to guest
  using ((select app.level()) in ('context', 'identified') and booking_id = (select app.booking_id()));

grant select, insert, update on public.stays to engine;
grant select on public.stays to service, staff, admin;
grant select (tenant_id, id, booking_id, property_id, room_id, starts_on, ends_on, released_at) on public.stays to guest;
-- no insert, update, delete: commands only
