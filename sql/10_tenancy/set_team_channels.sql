-- set_team_channels: where the teams of a property are told.
-- may:      hotel:settings:write
-- refuses:  property_not_found, team_unknown, slack_channel_invalid, channels_invalid
-- then:     requests for the property are announced there; a team without a channel is told in the tenant's, if there is one
create or replace function api.set_team_channels(p_property_code text, p_channels jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_team record;
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  if jsonb_typeof(p_channels) is distinct from 'object' then
    raise exception 'These are no channels of teams.'
      using errcode = 'PT422', detail = 'channels_invalid', hint = 'Send an object of team keys and channels.';
  end if;
  for v_team in
    select c.key, t.label, t.icon, x.channel
    from jsonb_each_text(p_channels) as c
    left join notify.teams as t on t.tenant_id = app.tenant_id() and t.property_id is null and t.key = c.key
    -- an id as Slack gives it, or a name, with its # or without
    cross join lateral (select case when btrim(c.value) ~ '^[CG][A-Z0-9]{8,20}$' then btrim(c.value)
                                    when btrim(c.value) <> '' then '#' || ltrim(lower(btrim(c.value)), '#') end as channel) as x
    order by c.key
  loop
    if v_team.label is null then
      raise exception 'There is no such team.' using errcode = 'PT422', detail = 'team_unknown', hint = 'Choose among the teams of the house.';
    elsif v_team.channel !~ '^(#[a-z0-9_-]{1,80}|[CG][A-Z0-9]{8,20})$' then
      raise exception '“%” is not a Slack channel.', app.printed(left(v_team.channel, 60))
        using errcode = 'PT422', detail = 'slack_channel_invalid', hint = 'Write it like #kitchen, or its id.';
    end if;
    insert into notify.teams as t (tenant_id, property_id, key, label, icon, slack_channel)
    values (app.tenant_id(), v_property.id, v_team.key, v_team.label, v_team.icon, v_team.channel)
    on conflict (tenant_id, property_id, key) do update set slack_channel = excluded.slack_channel, updated_at = app.now()
    where t.slack_channel is distinct from excluded.slack_channel;
  end loop;
  return jsonb_build_object('property', v_property.code);
end
$$;

alter function api.set_team_channels(text, jsonb) owner to engine;
comment on function api.set_team_channels(text, jsonb) is 'p_channels {kitchen: "#kitchen", …} for one property: a name, an id, or nothing. Teams not named stay as they are. The same again changes nothing.';
revoke all on function api.set_team_channels(text, jsonb) from public;
grant execute on function api.set_team_channels(text, jsonb) to staff, admin;
