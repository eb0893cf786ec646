-- identity: commands and the sign-in functions only; members see their colleagues through api.members.
select app.isolate_tenant('identity.memberships');
select app.isolate_tenant('identity.roles');
select app.isolate_tenant('identity.role_permissions');
select app.isolate_tenant('identity.membership_roles');
select app.isolate_tenant('identity.sessions');
select app.isolate_tenant('identity.refresh_tokens');
select app.isolate_tenant('identity.seen_devices');

alter table identity.users enable row level security;
alter table identity.users force row level security;
drop policy if exists engine_reads on identity.users;
create policy engine_reads on identity.users for select to engine
  using (exists (select from identity.memberships as m where m.user_id = users.id));
drop policy if exists service_all on identity.users;
create policy service_all on identity.users to service using (true) with check (true);

alter table identity.permissions enable row level security;
drop policy if exists everyone_reads on identity.permissions;
create policy everyone_reads on identity.permissions for select to engine, service, staff, admin using (true);
grant select on identity.permissions to engine, service, staff, admin;

grant select on identity.users, identity.memberships, identity.roles, identity.role_permissions, identity.membership_roles to engine, service;
grant update (language) on identity.memberships to engine;
grant select, insert, update on identity.sessions, identity.refresh_tokens, identity.seen_devices to engine;

drop policy if exists members_read on identity.memberships;
create policy members_read on identity.memberships for select to staff, admin using (true);
grant select (tenant_id, id, display_name, session_type, property_ids, teams, language, is_active, slack_user_id) on identity.memberships to staff, admin;
-- no insert, update, delete: commands only
