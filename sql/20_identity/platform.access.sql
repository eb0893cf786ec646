-- platform_users, platform_sessions, platform_secrets: the sign-in functions alone; nobody reads them.
drop policy if exists engine_reads_platform on identity.users;
create policy engine_reads_platform on identity.users for select to engine
  using (exists (select from identity.platform_users as p where p.user_id = users.id));

grant select on identity.platform_users to engine;
grant select, insert, update on identity.platform_sessions, identity.platform_secrets to engine;
-- no insert, update of platform_users: the migrating role, by the command line
