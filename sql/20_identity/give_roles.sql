-- give_roles: which roles a colleague has.
-- may:      hotel:staff:write, and no role that carries more than the caller holds
-- refuses:  member_not_found, member_works_elsewhere, own_roles_are_not_changed, roles_missing, role_not_found, role_is_not_for_people, role_exceeds_yours, owner_is_made_by_an_owner, last_owner_stays
-- then:     the colleague's next call has the new rights; sessions of the other type end
-- real clock: the end of a session
create or replace function api.give_roles(p_membership_id uuid, p_role_ids uuid[])
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_member identity.memberships;
  v_had uuid[];
  v_session_type text;
begin
  perform app.require('hotel:staff:write');
  -- lock
  perform app.held_permissions();
  select m.* into v_member
  from identity.memberships as m
  where m.tenant_id = app.tenant_id() and m.id = p_membership_id and m.is_active
  for no key update;
  if not found then
    raise exception 'There is no such member.' using errcode = 'PT404', detail = 'member_not_found';
  elsif v_member.id = app.actor_id() then
    raise exception 'Nobody changes their own roles.'
      using errcode = 'PT403', detail = 'own_roles_are_not_changed', hint = 'Somebody else who holds as much can do it.';
  elsif not app.sees_all_properties() and (v_member.property_ids = '{}' or not v_member.property_ids <@ app.property_ids()) then
    raise exception '% works at properties where you do not.', app.printed(v_member.display_name)
      using errcode = 'PT403', detail = 'member_works_elsewhere', hint = 'A colleague of all those properties can do it.';
  elsif cardinality(coalesce(p_role_ids, '{}')) = 0 then
    raise exception 'A member has at least one role.' using errcode = 'PT422', detail = 'roles_missing', hint = 'Whoever leaves is deactivated.';
  end if;

  v_had := array(select mr.role_id from identity.membership_roles as mr where mr.tenant_id = v_member.tenant_id and mr.membership_id = v_member.id);
  perform app.roles_must_be_grantable(
    array(select i from unnest(p_role_ids) as i where i <> all (v_had)
          union
          select i from unnest(v_had) as i where i <> all (p_role_ids)));

  insert into identity.membership_roles (tenant_id, membership_id, role_id)
  select v_member.tenant_id, v_member.id, i from unnest(p_role_ids) as i
  on conflict do nothing;
  delete from identity.membership_roles as mr
  where mr.tenant_id = v_member.tenant_id and mr.membership_id = v_member.id and mr.role_id <> all (p_role_ids);
  v_session_type := app.session_type_of(p_role_ids);
  update identity.memberships as m set session_type = v_session_type, updated_at = app.now()
  where m.tenant_id = v_member.tenant_id and m.id = v_member.id and m.session_type <> v_session_type;
  update identity.sessions as s set ended_at = clock_timestamp(), ended_because = 'roles_changed'
  where s.tenant_id = v_member.tenant_id and s.membership_id = v_member.id and s.ended_at is null and s.session_type <> v_session_type;

  return jsonb_build_object('membership_id', v_member.id, 'session_type', v_session_type, 'roles', (
    select jsonb_agg(r.key order by r.key) from identity.roles as r where r.tenant_id = v_member.tenant_id and r.id = any (p_role_ids)));
end
$$;

alter function api.give_roles(uuid, uuid[]) owner to engine;
comment on function api.give_roles(uuid, uuid[]) is
  'Sets exactly these roles of a colleague; what is added or taken away must be the caller''s to give. The same again changes nothing.';
revoke all on function api.give_roles(uuid, uuid[]) from public;
grant execute on function api.give_roles(uuid, uuid[]) to staff, admin;
