-- audit_log and event_log: written with their cause, changed by nobody.
select app.isolate_tenant('public.audit_log');
select app.isolate_tenant('public.event_log');

drop policy if exists auditor_writes on public.audit_log;
create policy auditor_writes on public.audit_log for insert to auditor with check (true);
drop policy if exists auditors_read on public.audit_log;
-- not for members of some properties: the log knows no property, and holds the guests of all of them
create policy auditors_read on public.audit_log for select to staff, admin using ((select app.can('hotel:audit:read')) and (select app.sees_all_properties()));

drop policy if exists members_read on public.event_log;
create policy members_read on public.event_log for select to staff, admin
  using ((select app.can('hotel:requests:read'))
         and (property_id is null or (select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists guest_reads_own on public.event_log;
create policy guest_reads_own on public.event_log for select to guest
  using (booking_id = (select app.booking_id()) and topic <> 'request.noted' and (select app.level()) in ('context', 'identified'));

grant insert on public.audit_log to auditor;
grant select on public.audit_log to staff, admin, service;
-- withheld from engine: not even a command can forge the log
grant select, insert on public.event_log to engine, service;
grant select on public.event_log to staff, admin;
grant select (tenant_id, id, xid, topic, booking_id, request_id, entity, entity_id, payload, at) on public.event_log to guest;
