-- rooms: members see those of their properties, a guest the one given.
select app.isolate_tenant('public.rooms');

drop policy if exists members_read on public.rooms;
create policy members_read on public.rooms for select to staff, admin
  using ((select app.can('hotel:rooms:read'))
    and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

drop policy if exists guest_reads_own on public.rooms;
create policy guest_reads_own on public.rooms for select to guest
  using ((select app.level()) in ('context', 'identified') and id = (
    select b.room_id from public.bookings as b
    where b.tenant_id = (select app.tenant_id()) and b.id = (select app.booking_id())));

grant select, insert, update on public.rooms to engine;
grant select on public.rooms to service, staff, admin;
grant select (tenant_id, id, property_id, room_type_id, room_number, floor, service_status) on public.rooms to guest;
-- no insert, update, delete: commands only
