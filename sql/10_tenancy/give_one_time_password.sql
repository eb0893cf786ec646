-- give_one_time_password: somebody who cannot sign in gets a password for once.
-- may:      hotel:staff:write
-- refuses:  member_not_found, own_membership_stays, role_not_found, role_is_not_for_people, role_exceeds_yours, owner_is_made_by_an_owner, password_hash_invalid
-- then:     they are signed out everywhere in this house and must choose their own at the next sign-in
create or replace function api.give_one_time_password(p_member_id uuid, p_password_hash text)
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
  perform app.password_hash_must_be_one(p_password_hash);
  v_member := app.find_member(p_member_id);
  -- whoever also works for another hotel, or for the platform, keeps the password that opens it; the caller is not told
  if app.resolve_tenants_of_user(v_member.user_id) = array[app.tenant_id()]
     and not exists (select from identity.platform_users as p where p.user_id = v_member.user_id) then
    update identity.users as u
    set password_hash = p_password_hash, must_change_password = true, updated_at = app.now()
    where u.id = v_member.user_id;
  end if;
  perform app.end_sessions_of_member(v_member.id, 'password_replaced');
  return jsonb_build_object('id', v_member.id, 'name', v_member.display_name);
end
$$;

alter function api.give_one_time_password(uuid, text) owner to engine;
comment on function api.give_one_time_password(uuid, text) is
  'Replaces the password of a member who belongs to this tenant alone by an argon2id hash, to be changed at the next sign-in, and ends their sessions here. Somebody of another hotel or of the platform too keeps theirs, and the answer is the same. A second call replaces it again.';
revoke all on function api.give_one_time_password(uuid, text) from public;
grant execute on function api.give_one_time_password(uuid, text) to staff, admin;
