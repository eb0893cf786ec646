-- set_member_active: somebody leaves the hotel, or comes back.
-- may:      hotel:staff:write
-- refuses:  member_not_found, own_membership_stays, role_not_found, role_is_not_for_people, role_exceeds_yours, owner_is_made_by_an_owner
-- then:     whoever leaves is signed out everywhere in this hotel; what they did keeps their name
create or replace function api.set_member_active(p_member_id uuid, p_is_active boolean)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_member identity.memberships;
begin
  perform app.require('hotel:staff:write');
  v_member := app.find_member(p_member_id);
  update identity.memberships as m
  set is_active = coalesce(p_is_active, true), updated_at = app.now()
  where m.tenant_id = app.tenant_id() and m.id = p_member_id and m.is_active <> coalesce(p_is_active, true);
  if not p_is_active then
    perform app.end_sessions_of_member(p_member_id, 'member_left');
  end if;
  return jsonb_build_object('id', p_member_id, 'name', v_member.display_name, 'is_active', coalesce(p_is_active, true));
end
$$;

alter function api.set_member_active(uuid, boolean) owner to engine;
comment on function api.set_member_active(uuid, boolean) is 'Closes a membership, or opens it again. The same again changes nothing.';
revoke all on function api.set_member_active(uuid, boolean) from public;
grant execute on function api.set_member_active(uuid, boolean) to staff, admin;
