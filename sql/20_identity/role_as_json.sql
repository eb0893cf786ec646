-- role_as_json: a role as commands answer it.
create or replace function app.role_as_json(p_role_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'id', r.id, 'key', r.key, 'name', app.label(r.name), 'names', r.name, 'session_type', r.session_type,
      'is_default', r.is_default, 'is_edited', r.is_default and r.reference_digest is null,
      'permissions', (select coalesce(jsonb_agg(rp.permission order by rp.permission), '[]')
                      from identity.role_permissions as rp
                      where rp.tenant_id = r.tenant_id and rp.role_id = r.id))
    from identity.roles as r
    where r.tenant_id = app.tenant_id() and r.id = p_role_id);
end
$$;

comment on function app.role_as_json(uuid) is 'A role of the tenant with its names, session type and permissions; is_edited once it differs from the seed it was copied from.';
