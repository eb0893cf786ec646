-- create_role: a tenant's own role.
-- may:      hotel:staff:write, and no more rights than the caller holds
-- refuses:  role_key_invalid, role_name_invalid, session_type_unknown, permission_unknown, role_exceeds_yours, role_key_is_unique_in_its_tenant
-- then:     the role can be given to members
create or replace function api.create_role(p_code text, p_name jsonb, p_permissions text[], p_session_type text default 'staff')
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_role_id uuid;
begin
  perform app.require('hotel:staff:write');
  if coalesce(p_code, '') !~ '^[A-Z][A-Z0-9_]{1,39}$' then
    raise exception 'The role needs a key of capitals.'
      using errcode = 'PT422', detail = 'role_key_invalid', hint = 'Use 2 to 40 capitals, digits and _, like NIGHT_PORTER.';
  end if;
  perform app.role_name_must_be_sound(p_name);
  if p_session_type is null or p_session_type not in ('staff', 'admin') then
    raise exception 'People sign in as staff or as admin.'
      using errcode = 'PT422', detail = 'session_type_unknown', hint = 'p_session_type is staff or admin.';
  end if;
  if p_session_type = 'admin' and app.session_role() <> 'admin' then
    raise exception 'The role carries more than you hold.'
      using errcode = 'PT403', detail = 'role_exceeds_yours', hint = 'Those who have it would sign in to the office; you do not.';
  end if;
  perform app.permissions_must_be_held(coalesce(p_permissions, '{}'));
  if exists (select from identity.roles as r where r.tenant_id = app.tenant_id() and r.key = p_code) then
    raise exception 'There is a role % already.', app.printed(p_code)
      using errcode = 'PT409', detail = 'role_key_is_unique_in_its_tenant', hint = 'Change that one, or choose another key.';
  end if;

  insert into identity.roles (tenant_id, key, name, session_type, created_at, updated_at)
  values (app.tenant_id(), p_code, p_name, p_session_type, app.now(), app.now())
  returning id into v_role_id;
  perform app.write_role_permissions(v_role_id, coalesce(p_permissions, '{}'));
  return app.role_as_json(v_role_id);
end
$$;

alter function api.create_role(text, jsonb, text[], text) owner to engine;
comment on function api.create_role(text, jsonb, text[], text) is
  'Makes a role of the tenant''s own: key, names {language: text}, permissions, and staff or admin for how those who hold it sign in. A second call with the key is refused.';
revoke all on function api.create_role(text, jsonb, text[], text) from public;
grant execute on function api.create_role(text, jsonb, text[], text) to staff, admin;
