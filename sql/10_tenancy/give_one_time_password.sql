-- give_one_time_password: somebody who cannot sign in gets a password for once.
-- may:      hotel:staff:write
-- refuses:  member_not_found, own_membership_stays, role_not_found, role_is_not_for_people, role_exceeds_yours, owner_is_made_by_an_owner
-- then:     they are signed out everywhere in this hotel and must choose their own at the next sign-in; other hotels are not touched
create or replace function api.give_one_time_password(p_member_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_member identity.memberships;
  v_password text;
begin
  perform app.require('hotel:staff:write');
  v_member := app.find_member(p_member_id);
  -- lock: the person, so that a sign-in under way ends too, or comes too late
  perform from identity.users as u where u.id = v_member.user_id for no key update;
  v_password := app.give_password_for_once(v_member.id);
  perform app.end_sessions_of_member(v_member.id, 'password_replaced');
  return jsonb_build_object('id', v_member.id, 'name', v_member.display_name, 'one_time_password', v_password);
end
$$;

alter function api.give_one_time_password(uuid) owner to engine;
comment on function api.give_one_time_password(uuid) is
  'Replaces what opens a membership by a password for once, which the answer says, now and never again: it holds for seven days, and their own is chosen at the next sign-in. Ends their sessions here; what they sign in with elsewhere stays. A second call replaces it again.';
revoke all on function api.give_one_time_password(uuid) from public;
grant execute on function api.give_one_time_password(uuid) to staff, admin;
