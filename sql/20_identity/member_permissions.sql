-- member_permissions: what a member's roles add up to.
-- in plain sql, so that it becomes part of the statement that asks
create or replace function app.member_permissions(p_tenant_id uuid, p_membership_id uuid)
returns setof text
language sql
stable
begin atomic
  select distinct rp.permission
  from identity.membership_roles as mr
  join identity.role_permissions as rp on rp.tenant_id = mr.tenant_id and rp.role_id = mr.role_id
  where mr.tenant_id = p_tenant_id
    and mr.membership_id = p_membership_id;
end;

comment on function app.member_permissions(uuid, uuid) is 'The permission keys of all roles of a member, each once.';
