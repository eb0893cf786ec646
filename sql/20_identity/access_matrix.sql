-- access_matrix: which role may call which command, take which action, and read which list.
-- may:      hotel:staff:write
-- refuses:  nothing
-- then:     nothing
create or replace function api.access_matrix()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
begin
  perform app.require('hotel:staff:write');
  with roles as (
    select r.id, r.key, app.label(r.name) as name, r.session_type, r.is_default, r.is_default and r.reference_digest is null as is_edited,
           array(select rp.permission from identity.role_permissions as rp where rp.tenant_id = r.tenant_id and rp.role_id = r.id) as permissions,
           case r.session_type when 'admin' then 1 when 'staff' then 2 when 'kiosk' then 4 else 3 end as place
    from identity.roles as r
    where r.tenant_id = app.tenant_id()
  ), commands as (
    select c.*, array(
      select r.key from roles as r
      where c.needs <@ r.permissions
        and case when r.session_type is null then c.is_read or c.command in ('portal_submit_request', 'add_request_comment')
                 else r.session_type = any (c.session_types) end
      order by r.key) as roles
    from app.command_rights() as c
    where c.session_types <> '{}'
  ), reads as (
    select c.*, array(
      select r.key from roles as r
      where case when r.session_type is null then c.session_types && '{staff,admin}' else r.session_type = any (c.session_types) end
        and not exists (select from jsonb_array_elements(c.needs) as n
                        where not r.permissions && array(select jsonb_array_elements_text(n.value)))
      order by r.key) as roles
    from app.read_rights() as c
    where c.session_types <> '{}'
  )
  select jsonb_build_object(
    'roles', (select jsonb_agg(to_jsonb(r) - 'place' order by r.place, cardinality(r.permissions) desc, r.key = 'OWNER' desc, r.key) from roles as r),
    'commands', (select jsonb_agg(to_jsonb(c) order by c.command) from commands as c),
    'reads', (select jsonb_agg(to_jsonb(c) order by c.list) from reads as c),
    'actions', (select jsonb_agg(to_jsonb(a) || jsonb_build_object('roles', array(
                  select r.key from roles as r
                  where r.session_type in ('admin', 'staff') and a.needs <@ r.permissions order by r.key))) from app.action_rights() as a),
    'permissions', (select jsonb_agg(jsonb_build_object('key', p.key, 'description', app.label(p.description),
                      'roles', array(select r.key from roles as r where p.key = any (r.permissions) order by r.key)) order by p.key)
                    from identity.permissions as p))
  into v_answer;
  return v_answer;
end
$$;

alter function api.access_matrix() owner to engine;
comment on function api.access_matrix() is
  '{roles, commands: [{command, about, session_types, is_read, needs, sometimes_needs, roles}], reads: [{list, about, session_types, needs: [[one of these], …], more_with, roles}], actions: [{type_slug, type_label, action, label, needs, roles}], permissions: [{key, description, roles}]} of the tenant, read from the catalog and its workflows as they are now.';
revoke all on function api.access_matrix() from public;
grant execute on function api.access_matrix() to staff, admin;
