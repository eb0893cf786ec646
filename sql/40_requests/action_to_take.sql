-- action_to_take: the request an action is about, locked, if the action can be taken on it now.
-- may:      called by commands
-- refuses:  request_not_found, request_moved_on, action_not_available
-- then:     the row is locked until commit
create or replace function app.action_to_take(
  p_request_id uuid,
  p_action text,
  p_expected_status text,
  out request portal.requests,
  out permission text,
  out is_done boolean
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_workflow jsonb;
  v_action jsonb;
  v_last record;
begin
  is_done := false;
  request := app.lock_request(p_request_id);
  select v.workflow into v_workflow
  from portal.workflow_versions as v
  where v.tenant_id = request.tenant_id and v.id = request.workflow_version_id;
  v_action := v_workflow -> 'actions' -> p_action;

  if p_expected_status is not null and request.status <> p_expected_status then
    select h.* into v_last
    from portal.request_status_history as h
    where h.tenant_id = request.tenant_id and h.request_id = request.id
    order by h.position desc
    limit 1;
    if v_last.action = p_action and v_last.from_status = p_expected_status and v_last.actor_id = app.actor_id() then
      is_done := true;
      return;
    end if;
    raise exception '% did this at %: % is now "%".',
        app.printed(coalesce(v_last.actor_name, 'The system')),
        app.printed((select to_char(v_last.at at time zone p.time_zone, 'HH24:MI') from public.properties as p
         where p.tenant_id = request.tenant_id and p.id = request.property_id)),
        app.printed(request.number), app.printed(app.label(v_workflow #> array['statuses', request.status, 'label']))
      using errcode = 'PT409', detail = 'request_moved_on',
            hint = format('It is %s now. Look at the request again before you act.', request.status);
  end if;

  if not coalesce((v_action -> 'by') ? app.actor_kind(), false)
     or not app.action_leads_from(v_workflow, v_action, request.status)
     or (app.actor_kind() = 'guest' and v_action ? 'guest_from' and not (v_action -> 'guest_from') ? request.status) then
    raise exception 'This cannot be done while % is "%".', app.printed(request.number),
        app.printed(app.label(v_workflow #> array['statuses', request.status, 'label']))
      using errcode = 'PT409', detail = 'action_not_available',
            hint = coalesce('Possible now: ' || (
              select string_agg(a ->> 'key', ', ')
              from jsonb_array_elements(app.available_actions(v_workflow, request.status, app.actor_kind())) as a) || '.',
              'Nothing more can be done with it.');
  end if;
  permission := v_action ->> 'permission';
end
$$;

comment on function app.action_to_take(uuid, text, text) is
  'Locks the request and refuses an action that is not the caller''s kind''s, or not possible any more. is_done: the same actor has just done this, and nothing is left to do. permission: what a member needs for it; null: hotel:requests:write.';
