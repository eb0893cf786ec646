-- member_fields: name, teams and language of a member as they were sent.
-- may:      called by invite_member and change_member
-- refuses:  field_unknown, field_invalid, member_name_missing, team_unknown, language_unknown, slack_user_invalid
-- then:     nothing
create or replace function app.member_fields(p_member jsonb, p_known text[])
returns table (name text, role_keys text[], property_codes text[], teams text[], language text, slack_user_id text)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_list text;
begin
  perform app.refuse_unknown_fields(p_member, 'member', p_known);
  foreach v_list in array array['roles', 'properties', 'teams'] loop
    if p_member ? v_list and jsonb_typeof(p_member -> v_list) <> 'array' then
      raise exception '% is not a list.', app.printed(v_list)
        using errcode = 'PT422', detail = 'field_invalid', hint = 'Send a JSON array of keys.';
    end if;
  end loop;
  select btrim(p_member ->> 'name'), array(select jsonb_array_elements_text(p_member -> 'roles')),
         array(select jsonb_array_elements_text(p_member -> 'properties')),
         array(select jsonb_array_elements_text(p_member -> 'teams')), coalesce(p_member ->> 'language', 'en'),
         nullif(upper(btrim(p_member ->> 'slack_user_id')), '')
  into name, role_keys, property_codes, teams, language, slack_user_id;

  if name is null or length(name) not between 1 and 120 then
    raise exception 'A member needs a name.' using errcode = 'PT422', detail = 'member_name_missing', hint = 'Give the name that colleagues see.';
  elsif language not in ('en', 'es', 'ur') then
    raise exception 'This language is not spoken here yet.' using errcode = 'PT422', detail = 'language_unknown', hint = 'Choose en, es or ur.';
  elsif slack_user_id !~ '^[UW][A-Z0-9]{6,20}$' then
    raise exception 'This is not the id of a Slack user.'
      using errcode = 'PT422', detail = 'slack_user_invalid', hint = 'It begins with U; Slack shows it as the member ID in a profile.';
  elsif exists (select from unnest(teams) as k
                where not exists (select from notify.teams as t where t.tenant_id = app.tenant_id() and t.key = k)) then
    raise exception 'There is no such team.' using errcode = 'PT422', detail = 'team_unknown', hint = 'Choose among the teams of the house.';
  end if;
  return next;
end
$$;

comment on function app.member_fields(jsonb, text[]) is 'Reads {name, roles, properties, teams, language, slack_user_id} and refuses what is not one of these or makes no sense.';
