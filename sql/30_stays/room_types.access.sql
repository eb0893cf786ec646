-- room_types: members see those of their properties, a guest those of theirs.
select app.isolate_tenant('public.room_types');

drop policy if exists members_read on public.room_types;
create policy members_read on public.room_types for select to staff, admin
  using ((select app.can('hotel:rooms:read'))
    and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

drop policy if exists guest_reads on public.room_types;
create policy guest_reads on public.room_types for select to guest
  using (property_id = any ((select app.property_ids())::uuid[]));

grant select, insert, update on public.room_types to engine;
grant select on public.room_types to service, staff, admin;
grant select (tenant_id, id, property_id, code, name, amenities, image_url) on public.room_types to guest;
-- no insert, update, delete: commands only
