-- delete_role: a tenant's own role that nobody holds any more.
-- may:      hotel:staff:write, and every right that the role carries
-- refuses:  role_not_found, role_is_a_default, role_is_held, owner_role_is_fixed, own_role_is_not_edited, permission_unknown, role_exceeds_yours
-- then:     the role is gone; the audit log keeps it
create or replace function api.delete_role(p_role_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_role identity.roles;
begin
  perform app.require('hotel:staff:write');
  v_role := app.lock_role(p_role_id, '{}');
  if v_role.is_default then
    raise exception 'Every hotel has the role %.', app.printed(app.label(v_role.name))
      using errcode = 'PT409', detail = 'role_is_a_default', hint = 'Take its permissions away, or give it to nobody.';
  end if;
  if exists (select from identity.membership_roles as mr where mr.tenant_id = v_role.tenant_id and mr.role_id = v_role.id) then
    raise exception 'Somebody still has the role %.', app.printed(app.label(v_role.name))
      using errcode = 'PT409', detail = 'role_is_held', hint = 'Give them another role first.';
  end if;
  delete from identity.roles as r where r.tenant_id = v_role.tenant_id and r.id = v_role.id;
end
$$;

alter function api.delete_role(uuid) owner to engine;
comment on function api.delete_role(uuid) is 'Removes a role of the tenant''s own that nobody holds. A second call finds no such role.';
revoke all on function api.delete_role(uuid) from public;
grant execute on function api.delete_role(uuid) to staff, admin;
