-- room_blocks: whoever sees the room sees why it is closed.
select app.isolate_tenant('public.room_blocks');

drop policy if exists members_read on public.room_blocks;
create policy members_read on public.room_blocks for select to staff, admin
  using (exists (select from public.rooms as r where r.tenant_id = room_blocks.tenant_id and r.id = room_blocks.room_id));

grant select, insert, update on public.room_blocks to engine;
grant select on public.room_blocks to service, staff, admin;
-- no insert, update, delete: commands only
