-- roles: made, changed and given by commands; read by those who give them, and by everyone as far as they are one's own.
drop policy if exists members_read on identity.roles;
create policy members_read on identity.roles for select to staff, admin
  using ((select app.can('hotel:staff:write'))
         or exists (select from identity.membership_roles as mr where mr.tenant_id = roles.tenant_id and mr.role_id = roles.id));

drop policy if exists members_read on identity.role_permissions;
create policy members_read on identity.role_permissions for select to staff, admin
  using ((select app.can('hotel:staff:write'))
         or exists (select from identity.membership_roles as mr where mr.tenant_id = role_permissions.tenant_id and mr.role_id = role_permissions.role_id));

drop policy if exists members_read on identity.membership_roles;
create policy members_read on identity.membership_roles for select to staff, admin
  using ((select app.can('hotel:staff:write')) or membership_id = (select app.actor_id()));

grant select on identity.roles, identity.role_permissions, identity.membership_roles to staff, admin;
grant insert, update, delete on identity.roles to engine;
grant insert, delete on identity.role_permissions, identity.membership_roles to engine;
grant update (session_type, updated_at) on identity.memberships to engine;
-- what locks the tenant: two callers who give or take roles wait for one another
grant update (updated_at) on public.tenants to engine;
-- no insert, update, delete for sessions: commands only
