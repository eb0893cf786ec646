-- change_member: name, properties, teams and language of a colleague change.
-- may:      hotel:staff:write
-- refuses:  field_unknown, field_invalid, member_name_missing, team_unknown, language_unknown, slack_user_invalid, slack_user_taken, property_not_found, member_not_found, own_membership_stays, role_not_found, role_is_not_for_people, role_exceeds_yours, owner_is_made_by_an_owner
-- then:     their next call sees the properties they now work at
create or replace function api.change_member(p_member_id uuid, p_member jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_given record;
begin
  perform app.require('hotel:staff:write');
  select * into v_given from app.member_fields(p_member, array['name', 'properties', 'teams', 'language', 'slack_user_id']);
  perform app.find_member(p_member_id);
  update identity.memberships as m
  set display_name = v_given.name, teams = v_given.teams, language = v_given.language,
      slack_user_id = case when p_member ? 'slack_user_id' then v_given.slack_user_id else m.slack_user_id end,
      property_ids = app.properties_by_code(v_given.property_codes), updated_at = app.now()
  where m.tenant_id = app.tenant_id() and m.id = p_member_id;
  return jsonb_build_object('id', p_member_id, 'name', v_given.name);
exception
  when unique_violation then
    raise exception 'This Slack user is a colleague already.'
      using errcode = 'PT409', detail = 'slack_user_taken', hint = 'Look at the id once more.';
end
$$;

alter function api.change_member(uuid, jsonb) owner to engine;
comment on function api.change_member(uuid, jsonb) is
  'Writes {name, properties, teams, language} of a member as a whole, and slack_user_id where it is given (empty: none); give_roles changes the roles. The same again changes nothing.';
revoke all on function api.change_member(uuid, jsonb) from public;
grant execute on function api.change_member(uuid, jsonb) to staff, admin;
