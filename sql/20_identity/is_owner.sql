-- is_owner: whether a member is an owner of the tenant.
create or replace function app.is_owner(p_membership_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from identity.membership_roles as mr
    join identity.roles as r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where mr.tenant_id = app.tenant_id() and mr.membership_id = p_membership_id and r.key = 'OWNER');
end
$$;

comment on function app.is_owner(uuid) is 'Whether a member of the tenant holds the role OWNER.';
