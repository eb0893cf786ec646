-- member_permissions: what a member's roles add up to.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.member_permissions(p_membership_id uuid)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(distinct rp.permission order by rp.permission), '{}')
    from identity.membership_roles as mr
    join identity.role_permissions as rp on rp.tenant_id = mr.tenant_id and rp.role_id = mr.role_id
    where mr.tenant_id = app.tenant_id()
      and mr.membership_id = p_membership_id);
end
$$;

comment on function app.member_permissions(uuid) is 'The permission keys of all roles of a member, sorted.';
