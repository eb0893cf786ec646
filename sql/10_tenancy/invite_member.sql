-- invite_member: somebody becomes a member of the hotel.
-- may:      hotel:staff:write
-- refuses:  field_unknown, field_invalid, member_name_missing, member_email_invalid, team_unknown, language_unknown, slack_user_invalid, property_not_found, roles_missing, role_not_found, role_is_not_for_people, role_exceeds_yours, owner_is_made_by_an_owner, already_a_member
-- then:     a membership with its roles, opened by a password for once and by nothing else until they choose their own
create or replace function api.invite_member(p_member jsonb)
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
  select * into v_given from app.member_fields(p_member, array['email', 'name', 'roles', 'properties', 'teams', 'language']);
  if coalesce(v_email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' or length(v_email) > 254, true) then
    raise exception 'This is not an e-mail address.'
      using errcode = 'PT422', detail = 'member_email_invalid', hint = 'Write it like name@hotel.example.';
  end if;
  v_roles := app.roles_by_key(v_given.role_keys);
  -- lock: the tenant
  perform app.roles_must_be_grantable(v_roles);

  -- the person: whatever password this e-mail address has elsewhere opens nothing here
  insert into identity.users (id, email) values (app.new_id(), v_email) on conflict do nothing;
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
  return jsonb_build_object('id', v_member_id, 'name', v_given.name, 'email', v_email, 'session_type', app.session_type_of(v_roles),
                            'one_time_password', app.give_password_for_once(v_member_id));
end
$$;

alter function api.invite_member(jsonb) owner to engine;
comment on function api.invite_member(jsonb) is
  'Makes {email, name, roles, properties, teams, language} a member. The answer says their password for once, shown now and never again: it opens this hotel alone, for seven days, and nothing else opens it before they have chosen their own. A second call for the same person is refused (already_a_member).';
revoke all on function api.invite_member(jsonb) from public;
grant execute on function api.invite_member(jsonb) to staff, admin;
