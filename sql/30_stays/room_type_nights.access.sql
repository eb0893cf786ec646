-- room_type_nights: counted by triggers; whoever sees the room type sees how much of it is sold.
select app.isolate_tenant('public.room_type_nights');

drop policy if exists members_read on public.room_type_nights;
create policy members_read on public.room_type_nights for select to staff, admin
  using (exists (
    select from public.room_types as t
    where t.tenant_id = room_type_nights.tenant_id and t.id = room_type_nights.room_type_id));

grant select, insert, update on public.room_type_nights to engine;
grant select on public.room_type_nights to service, staff, admin;
-- no insert, update, delete: the count follows bookings and stays
