-- notify: templates, teams, senders, and the installation's own channels and workers.
select app.isolate_tenant('notify.templates');
select app.isolate_tenant('notify.teams');
select app.isolate_tenant('notify.senders');

drop policy if exists members_read on notify.templates;
create policy members_read on notify.templates for select to staff, admin
  using ((select app.can('hotel:messages:read')));
drop policy if exists members_read on notify.teams;
create policy members_read on notify.teams for select to staff, admin
  using (property_id is null or (select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[]));

grant select on notify.templates, notify.teams, notify.senders to engine, service;
grant insert, update on notify.templates, notify.teams, notify.senders to engine;
grant delete on notify.senders to engine;
grant select (tenant_id, id, property_id, key, label, icon, slack_channel) on notify.teams to staff, admin;
grant select (tenant_id, id, key, channel, event, category, status, variables, subjects, bodies, content_ids, pending, reference_digest, updated_at)
  on notify.templates to staff, admin;
-- no delete: what messages and requests name stays

alter table notify.channels enable row level security;
drop policy if exists everyone_reads on notify.channels;
create policy everyone_reads on notify.channels for select to engine, service using (true);
grant select on notify.channels to engine, service;

-- Rows of the installation's own processes; commands only ask whether one sleeps.
alter table notify.workers enable row level security;
drop policy if exists commands_read on notify.workers;
create policy commands_read on notify.workers for select to engine using (true);
drop policy if exists service_all on notify.workers;
create policy service_all on notify.workers to service using (true) with check (true);
grant select on notify.workers to engine;
grant select, insert, update, delete on notify.workers to service;
