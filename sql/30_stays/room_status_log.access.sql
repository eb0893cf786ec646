-- room_status_log: written by the trigger on rooms; whoever sees the room sees what became of it.
select app.isolate_tenant('public.room_status_log');

drop policy if exists members_read on public.room_status_log;
create policy members_read on public.room_status_log for select to staff, admin
  using (exists (select from public.rooms as r where r.tenant_id = room_status_log.tenant_id and r.id = room_status_log.room_id));

grant select, insert on public.room_status_log to engine;
grant select on public.room_status_log to service, staff, admin;
-- no update, delete for anyone: a log
