-- take_slack_press: a button that was pressed in Slack is taken as its member's action.
-- may:      service, for the function slack-interactions, after it verified the signature; the member needs hotel:requests:read and the action's permission (hotel:requests:write where it names none)
-- refuses:  nothing: what is refused is answered to who pressed, and to nobody else
-- then:     the action with all that follows from it, the card among it; or a note in Slack, once for a press
create or replace function app.take_slack_press(p_workspace text, p_user text, p_press jsonb)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_tenant_id uuid := app.resolve_sender('slack', p_workspace);
  v_member_id uuid;
  v_move record;
  v_request_id uuid := app.uuid_or_null(p_press ->> 'request_id');
  v_slug text;
  v_message text;
  v_hint text;
  v_language text := 'en';
begin
  if v_tenant_id is null then
    return null;
  end if;
  perform app.set_caller(v_tenant_id);
  select m.id, m.language into v_member_id, v_language
  from identity.memberships as m
  where m.tenant_id = v_tenant_id and m.slack_user_id = p_user and m.is_active;

  if v_member_id is null then
    v_slug := 'slack_user_unknown';
    v_message := 'Nobody here is this Slack user.';
  else
    perform app.enter_as_member(v_tenant_id, v_member_id, null);
    begin
      perform app.require('hotel:requests:read');
      v_move := app.action_to_take(v_request_id, p_press ->> 'action', p_press ->> 'expected');
      if not v_move.is_done then
        perform app.require(coalesce(v_move.permission, 'hotel:requests:write'));
        perform app.refuse_ambiguous_amount(v_move.request, p_press ->> 'action', p_press -> 'input');
        perform app.perform_action(v_move.request, p_press ->> 'action', (
          select coalesce(jsonb_object_agg(i.key, i.value), '{}')
          from portal.workflow_versions as v
          -- one card asks for what several buttons need: each takes its own
          cross join jsonb_each(p_press -> 'input') as i
          where v.tenant_id = v_tenant_id and v.id = (v_move.request).workflow_version_id
            and v.workflow #> array['actions', p_press ->> 'action', 'requires'] ? i.key), true);
      end if;
    exception
      when others then
        if sqlstate !~ '^PT4' then
          raise;
        end if;
        get stacked diagnostics v_message = message_text, v_slug = pg_exception_detail, v_hint = pg_exception_hint;
    end;
  end if;

  if v_slug is not null then
    perform app.queue_notification(
      'slack', 'slack_answer', p_press ->> 'channel', format('slack:%s:%s:%s', p_workspace, p_user, p_press ->> 'press_id'),
      jsonb_build_object('slack_user_id', p_user, 'slug', v_slug, 'message', v_message, 'hint', v_hint),
      null, coalesce(v_language, 'en'));
  end if;
  return coalesce(v_slug, 'done');
end
$$;

alter function app.take_slack_press(text, text, jsonb) owner to engine;
comment on function app.take_slack_press(text, text, jsonb) is
  'p_workspace (T…) finds the tenant, p_user (U…) the member. p_press {request_id, action, expected, input, channel, press_id}. Answers done (also for the same press again), nothing where no hotel has this workspace, or the slug of what was refused, which a note visible to that user alone explains.';
revoke all on function app.take_slack_press(text, text, jsonb) from public;
grant execute on function app.take_slack_press(text, text, jsonb) to service;
