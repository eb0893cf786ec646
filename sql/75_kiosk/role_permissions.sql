-- role_permissions: what a role of the tenant carries.
create or replace function app.role_permissions(p_role_key text)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(rp.permission order by rp.permission), '{}')
    from identity.roles as r
    join identity.role_permissions as rp on rp.tenant_id = r.tenant_id and rp.role_id = r.id
    where r.tenant_id = app.tenant_id() and r.key = p_role_key);
end
$$;

comment on function app.role_permissions(text) is 'The permission keys of a role of the tenant, sorted; none when there is no such role.';
