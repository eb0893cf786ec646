-- job_plans, job_runs, last_tick, operator_mails: the tick and the worker write them; whoever changes settings sees what ran and what is due.
select app.isolate_tenant('app.job_runs');
select app.isolate_tenant('app.job_plans');

drop policy if exists managers_read on app.job_runs;
create policy managers_read on app.job_runs for select to staff, admin
  using ((select app.can('hotel:settings:write')) and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists managers_read on app.job_plans;
create policy managers_read on app.job_plans for select to staff, admin
  using ((select app.can('hotel:settings:write')) and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

alter table app.jobs enable row level security;
drop policy if exists installation_reads on app.jobs;
create policy installation_reads on app.jobs for select to engine, service using (true);
drop policy if exists managers_read on app.jobs;
create policy managers_read on app.jobs for select to staff, admin using ((select app.can('hotel:settings:write')));

alter table app.last_tick enable row level security;
drop policy if exists installation_reads on app.last_tick;
create policy installation_reads on app.last_tick for select to service using (true);
drop policy if exists managers_read on app.last_tick;
create policy managers_read on app.last_tick for select to staff, admin using ((select app.can('hotel:settings:write')));

alter table app.operator_mails enable row level security;
drop policy if exists service_all on app.operator_mails;
create policy service_all on app.operator_mails to service using (true) with check (true);

grant select, insert, update on app.operator_mails to service;
grant select, insert, update on app.job_runs, app.job_plans to engine;
grant select on app.job_runs, app.job_plans, app.jobs to staff, admin;
grant select on app.jobs to engine, service;
grant select on app.job_runs to service;
grant select on app.last_tick to service, staff, admin;
-- no insert, update, delete: the tick and its triggers only
