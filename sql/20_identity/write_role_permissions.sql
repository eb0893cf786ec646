-- write_role_permissions: a role carries exactly these rights.
create or replace function app.write_role_permissions(p_role_id uuid, p_permissions text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  delete from identity.role_permissions as rp
  where rp.tenant_id = app.tenant_id() and rp.role_id = p_role_id and rp.permission <> all (p_permissions);
  insert into identity.role_permissions (tenant_id, role_id, permission)
  select distinct app.tenant_id(), p_role_id, k from unnest(p_permissions) as k
  on conflict do nothing;
end
$$;

comment on function app.write_role_permissions(uuid, text[]) is 'Takes away and adds what differs; what stays is not written again.';
