-- staff: members and their people as managers see them; changed by commands alone.
drop policy if exists managers_read on identity.users;
create policy managers_read on identity.users for select to admin
  using ((select app.can('hotel:staff:write')) and exists (select from identity.memberships as m where m.user_id = users.id));
drop policy if exists engine_adds on identity.users;
create policy engine_adds on identity.users for insert to engine with check (true);
drop policy if exists engine_changes on identity.users;
create policy engine_changes on identity.users for update to engine
  using (exists (select from identity.memberships as m where m.user_id = users.id));
grant select (id, email) on identity.users to admin;
grant insert (id, email) on identity.users to engine;
-- to lock a person; nothing of theirs is written
grant update (updated_at) on identity.users to engine;

grant select (user_id, created_at) on identity.memberships to admin;
grant insert (tenant_id, user_id, display_name, session_type, property_ids, teams, language) on identity.memberships to engine;
grant update (display_name, session_type, property_ids, teams, slack_user_id, is_active, updated_at) on identity.memberships to engine;
-- no delete of people and memberships: what they did keeps their name
