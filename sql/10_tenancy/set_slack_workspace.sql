-- set_slack_workspace: the hotel says which Slack workspace is its own.
-- may:      hotel:settings:write, at all properties
-- refuses:  permission_missing, slack_workspace_invalid, slack_workspace_taken
-- then:     cards carry buttons, and what is pressed there finds this hotel; with nothing given no longer
create or replace function api.set_slack_workspace(p_team_id text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_team_id text := nullif(upper(btrim(p_team_id)), '');
begin
  perform app.require('hotel:settings:write');
  perform app.require_all_properties();
  if v_team_id !~ '^T[A-Z0-9]{6,20}$' then
    raise exception 'This is not the id of a Slack workspace.'
      using errcode = 'PT422', detail = 'slack_workspace_invalid', hint = 'It begins with T; Slack shows it in the address of its web page.';
  elsif v_team_id is null then
    delete from notify.senders as s where s.tenant_id = app.tenant_id() and s.channel = 'slack';
  else
    insert into notify.senders as s (tenant_id, channel, address) values (app.tenant_id(), 'slack', v_team_id)
    on conflict (tenant_id, channel) do update set address = excluded.address where s.address <> excluded.address;
  end if;
  return jsonb_build_object('team_id', v_team_id);
exception
  when unique_violation then
    raise exception 'This Slack workspace is another hotel''s.'
      using errcode = 'PT409', detail = 'slack_workspace_taken', hint = 'Look at the id once more.';
end
$$;

alter function api.set_slack_workspace(text) owner to engine;
comment on function api.set_slack_workspace(text) is 'Connects a workspace (T…) to the hotel; nothing, or an empty text, disconnects it. The same again changes nothing.';
revoke all on function api.set_slack_workspace(text) from public;
grant execute on function api.set_slack_workspace(text) to staff, admin;
