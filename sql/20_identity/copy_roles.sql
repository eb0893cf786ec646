-- copy_roles: a tenant's default roles follow the seeds as long as nobody edited them.
create or replace function app.copy_roles()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_reference record;
  v_role_id uuid;
begin
  for v_reference in
    select r.key, r.data, r.digest
    from app.reference_data as r
    left join identity.roles as x on x.tenant_id = app.tenant_id() and x.key = r.key
    where r.kind = 'roles'
      and (x.id is null or x.reference_digest <> r.digest)
    order by r.key
  loop
    insert into identity.roles (tenant_id, key, name, session_type, is_default, reference_digest)
    values (app.tenant_id(), v_reference.key, v_reference.data -> 'label', v_reference.data ->> 'session_type', true, v_reference.digest)
    on conflict (tenant_id, key) do update
    set name = excluded.name, session_type = excluded.session_type, reference_digest = excluded.reference_digest, updated_at = app.now()
    returning id into v_role_id;
    delete from identity.role_permissions as rp
    where rp.tenant_id = app.tenant_id() and rp.role_id = v_role_id
      and not (v_reference.data -> 'permissions') ? rp.permission;
    insert into identity.role_permissions (tenant_id, role_id, permission)
    select app.tenant_id(), v_role_id, p from jsonb_array_elements_text(v_reference.data -> 'permissions') as p
    on conflict do nothing;
  end loop;
end
$$;

comment on function app.copy_roles() is 'Writes each seeded role that the tenant lacks or holds untouched in an older text.';
