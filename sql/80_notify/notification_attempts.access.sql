-- notification_attempts: whoever sees a notification sees its tries.
select app.isolate_tenant('public.notification_attempts');

drop policy if exists members_read on public.notification_attempts;
create policy members_read on public.notification_attempts for select to staff, admin
  using (exists (
    select from public.notification_log as n
    where n.tenant_id = notification_attempts.tenant_id and n.id = notification_attempts.notification_id));

grant select, insert, update on public.notification_attempts to engine, service;
grant select on public.notification_attempts to staff, admin;
-- no insert, update, delete: the worker only
