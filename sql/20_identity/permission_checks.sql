-- permission_checks: which of the caller's roles carries each permission, or which role would.
create or replace function app.permission_checks(p_permissions text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_checks jsonb := '[]'::jsonb;
  v_need record;
begin
  for v_need in
    select k as key, app.can(k) as is_held,
           coalesce((select '“' || rtrim(app.label(p.description), '.') || '” (' || p.key || ')' from identity.permissions as p where p.key = k), k) as named,
           (select string_agg(app.label(r.name), ', ' order by r.key)
            from identity.membership_roles as mr
            join identity.roles as r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
            where mr.tenant_id = app.tenant_id() and mr.membership_id = app.actor_id()
              and (not app.can(k) or exists (
                select from identity.role_permissions as rp where rp.tenant_id = r.tenant_id and rp.role_id = r.id and rp.permission = k))) as own,
           (select string_agg(app.label(r.name), ', ' order by r.key)
            from identity.roles as r
            join identity.role_permissions as rp on rp.tenant_id = r.tenant_id and rp.role_id = r.id
            where r.tenant_id = app.tenant_id() and rp.permission = k and r.session_type in ('admin', 'staff')) as others
    from unnest(p_permissions) as k
    order by k
  loop
    v_checks := v_checks || app.access_check('permission', v_need.is_held, app.access_sentence(
      case when v_need.is_held then 'permission.passed' else 'permission.failed' end,
      v_need.named, coalesce(v_need.own, '–'), coalesce(v_need.others, '–')));
  end loop;
  return v_checks;
end
$$;

comment on function app.permission_checks(text[]) is 'A check for each permission: by which role the caller has it, else which roles of the hotel carry it.';
