-- audit_log, its seals and the event_log: written with their cause, changed by nobody.
select app.isolate_tenant('public.audit_log');
select app.isolate_tenant('public.audit_seals');
select app.isolate_tenant('app.audit_heads');
select app.isolate_tenant('app.guest_keys');
select app.isolate_tenant('public.event_log');

drop policy if exists auditor_writes on public.audit_log;
create policy auditor_writes on public.audit_log for insert to auditor with check (true);
drop policy if exists auditor_reads on public.audit_log;
create policy auditor_reads on public.audit_log for select to auditor using (true);
drop policy if exists auditors_read on public.audit_log;
-- not for members of some properties: the log knows no property, and holds the guests of all of them
create policy auditors_read on public.audit_log for select to staff, admin using ((select app.can('hotel:audit:read')) and (select app.sees_all_properties()));

drop policy if exists auditor_seals on public.audit_seals;
create policy auditor_seals on public.audit_seals to auditor using (true) with check (true);
drop policy if exists auditors_read on public.audit_seals;
create policy auditors_read on public.audit_seals for select to staff, admin using ((select app.can('hotel:audit:read')) and (select app.sees_all_properties()));
drop policy if exists auditor_seals on app.audit_heads;
create policy auditor_seals on app.audit_heads to auditor using (true) with check (true);
drop policy if exists auditor_hides on app.guest_keys;
create policy auditor_hides on app.guest_keys to auditor using (true) with check (true);

drop policy if exists members_read on public.event_log;
create policy members_read on public.event_log for select to staff, admin
  using ((select app.can('hotel:requests:read'))
         and (property_id is null or (select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists guest_reads_own on public.event_log;
create policy guest_reads_own on public.event_log for select to guest
  using (booking_id = (select app.booking_id()) and topic <> 'request.noted' and (select app.level()) in ('context', 'identified'));

grant select, insert on public.audit_log, public.audit_seals to auditor;
grant select on public.audit_log to staff, admin, service, engine;
grant select on public.audit_seals to staff, admin, engine;
-- withheld from engine: not even a command can forge the log. No update or delete for anyone
grant select, insert, update on app.audit_heads to auditor;
grant select, insert, delete on app.guest_keys to auditor;
-- withheld from everyone else: who holds the keys reads what was erased
grant select, insert on public.event_log to engine, service;
grant select on public.event_log to staff, admin;
grant select (tenant_id, id, xid, topic, booking_id, request_id, entity, entity_id, payload, at) on public.event_log to guest;

-- what the auditor asks for beyond the log: which tenants there are, and whom a stay or a comment is about
grant usage on schema portal, extensions to auditor;
drop policy if exists auditor_reads on public.tenants;
create policy auditor_reads on public.tenants for select to auditor using (true);
grant select (id) on public.tenants to auditor;
drop policy if exists auditor_reads on public.bookings;
create policy auditor_reads on public.bookings for select to auditor using (true);
grant select (tenant_id, id, guest_id) on public.bookings to auditor;
drop policy if exists auditor_reads on portal.requests;
create policy auditor_reads on portal.requests for select to auditor using (true);
grant select (tenant_id, id, guest_id) on portal.requests to auditor;
grant select, insert, update on app.platform_alerts to auditor;
-- and in which hotels a person works, whose password is of no one tenant
grant usage on schema identity to auditor;
drop policy if exists auditor_reads on identity.memberships;
create policy auditor_reads on identity.memberships for select to auditor using (true);
grant select (tenant_id, user_id) on identity.memberships to auditor;
