-- change_role: what a role is called and what it carries.
-- may:      hotel:staff:write, and no more rights than the caller holds
-- refuses:  role_not_found, owner_role_is_fixed, own_role_is_not_edited, role_name_invalid, permission_unknown, role_exceeds_yours
-- then:     everyone who holds it has its rights with their next call; a default role no longer follows the seeds, unless it equals its seed again
create or replace function api.change_role(p_role_id uuid, p_name jsonb default null, p_permissions text[] default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_role identity.roles;
  v_name jsonb;
  v_permissions text[];
begin
  perform app.require('hotel:staff:write');
  v_role := app.lock_role(p_role_id, coalesce(p_permissions, '{}'));
  v_name := coalesce(p_name, v_role.name);
  perform app.role_name_must_be_sound(v_name);

  if p_permissions is not null then
    perform app.write_role_permissions(v_role.id, p_permissions);
  end if;
  v_permissions := array(
    select rp.permission from identity.role_permissions as rp where rp.tenant_id = v_role.tenant_id and rp.role_id = v_role.id);
  update identity.roles as r
  set name = v_name, updated_at = app.now(),
      reference_digest = (
        select d.digest
        from app.reference_data as d
        where d.kind = 'roles' and d.key = r.key and d.data -> 'label' = v_name
          and array(select jsonb_array_elements_text(d.data -> 'permissions')) @> v_permissions
          and v_permissions @> array(select jsonb_array_elements_text(d.data -> 'permissions')))
  where r.tenant_id = v_role.tenant_id and r.id = v_role.id;
  return app.role_as_json(v_role.id);
end
$$;

alter function api.change_role(uuid, jsonb, text[]) owner to engine;
comment on function api.change_role(uuid, jsonb, text[]) is
  'Renames a role and sets what it carries; what is left out stays. The same again changes nothing.';
revoke all on function api.change_role(uuid, jsonb, text[]) from public;
grant execute on function api.change_role(uuid, jsonb, text[]) to staff, admin;
