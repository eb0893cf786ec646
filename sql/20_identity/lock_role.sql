-- lock_role: a role that the caller may edit.
-- may:      called by commands that edit roles
-- refuses:  permission_missing, role_not_found, owner_role_is_fixed, own_role_is_not_edited, permission_unknown, role_exceeds_yours
-- then:     tenant and role are locked until commit
create or replace function app.lock_role(p_role_id uuid, p_permissions text[])
returns identity.roles
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_role identity.roles;
begin
  perform app.require_all_properties();
  -- lock
  perform app.permissions_must_be_held(p_permissions);
  select r.* into v_role
  from identity.roles as r
  where r.tenant_id = app.tenant_id() and r.id = p_role_id
  for no key update;
  if not found then
    raise exception 'There is no such role.' using errcode = 'PT404', detail = 'role_not_found';
  end if;

  if v_role.key = 'OWNER' then
    raise exception 'An owner''s role always carries everything.'
      using errcode = 'PT409', detail = 'owner_role_is_fixed', hint = 'Make a role of your own with what you want it to carry.';
  elsif exists (select from identity.membership_roles as mr
                where mr.tenant_id = v_role.tenant_id and mr.role_id = v_role.id and mr.membership_id = app.actor_id()) then
    raise exception 'Nobody edits a role of their own.'
      using errcode = 'PT403', detail = 'own_role_is_not_edited', hint = 'Somebody else who holds as much can do it.';
  end if;
  perform app.permissions_must_be_held(array(
    select rp.permission from identity.role_permissions as rp
    where rp.tenant_id = v_role.tenant_id and rp.role_id = v_role.id));
  return v_role;
end
$$;

comment on function app.lock_role(uuid, text[]) is
  'Locks a role whose present and coming permissions (p_permissions) the caller holds all, which is not the owner''s and not the caller''s own. A member of some properties edits no role: others hold it elsewhere.';
