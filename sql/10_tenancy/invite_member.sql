-- invite_member: somebody becomes a member of the house.
-- may:      hotel:staff:write
-- refuses:  field_unknown, field_invalid, member_name_missing, member_email_invalid, team_unknown, language_unknown, property_not_found, roles_missing, role_not_found, role_is_not_for_people, role_exceeds_yours, owner_is_made_by_an_owner, password_hash_invalid, already_a_member
-- then:     a membership with its roles; a new person has the password given, to be changed at the first sign-in
create or replace function api.invite_member(p_member jsonb, p_password_hash text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_email text := lower(btrim(p_member ->> 'email'));
  v_given record;
  v_roles uuid[];
  v_user_id uuid;
  v_member_id uuid;
begin
  perform app.require('hotel:staff:write');
  perform app.password_hash_must_be_one(p_password_hash);
  select * into v_given from app.member_fields(p_member, array['email', 'name', 'roles', 'properties', 'teams', 'language']);
  if coalesce(v_email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' or length(v_email) > 254, true) then
    raise exception 'This is not an e-mail address.'
      using errcode = 'PT422', detail = 'member_email_invalid', hint = 'Write it like name@hotel.example.';
  end if;
  v_roles := app.roles_by_key(v_given.role_keys);
  -- lock: the tenant
  perform app.roles_must_be_grantable(v_roles);

  -- the person: whoever is known keeps the password they have
  v_user_id := app.new_id();
  insert into identity.users (id, email, password_hash, must_change_password)
  values (v_user_id, v_email, p_password_hash, true)
  on conflict do nothing;
  v_user_id := app.resolve_user(v_email);

  -- the membership
  insert into identity.memberships (tenant_id, user_id, display_name, session_type, property_ids, teams, language)
  values (app.tenant_id(), v_user_id, v_given.name, app.session_type_of(v_roles),
          app.properties_by_code(v_given.property_codes), v_given.teams, v_given.language)
  on conflict (tenant_id, user_id) do nothing
  returning id into v_member_id;
  if v_member_id is null then
    raise exception 'This person is a member of the house already.'
      using errcode = 'PT409', detail = 'already_a_member', hint = 'Look in the list of members, also among those who left.';
  end if;
  insert into identity.membership_roles (tenant_id, membership_id, role_id)
  select app.tenant_id(), v_member_id, r from unnest(v_roles) as r;
  return jsonb_build_object('id', v_member_id, 'name', v_given.name, 'email', v_email, 'session_type', app.session_type_of(v_roles));
end
$$;

alter function api.invite_member(jsonb, text) owner to engine;
comment on function api.invite_member(jsonb, text) is
  'Makes {email, name, roles, properties, teams, language} a member. p_password_hash is an argon2id hash; it opens the door only to a person nobody knew, and the answer is the same for one who has a password of their own. A second call for the same person is refused (already_a_member).';
revoke all on function api.invite_member(jsonb, text) from public;
grant execute on function api.invite_member(jsonb, text) to staff, admin;
