-- portal_undo_action: the last action on a request is taken back, within its window, by who took it.
-- may:      hotel:requests:read and the action's permission (hotel:requests:write where it names none); only the member who took the action
-- refuses:  request_not_found, request_moved_on, action_cannot_be_undone, undo_is_the_actors, undo_is_over, permission_missing, guest_has_heard, sold_out_meanwhile, slot_full, folio_closed
-- then:     status and what was given with it as before; a history row that says so; charge reversed, stock and unsent messages taken back; event
create or replace function api.portal_undo_action(p_request_id uuid, p_move_id uuid default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request portal.requests;
  v_last portal.request_status_history;
  v_workflow jsonb;
begin
  perform app.require('hotel:requests:read');
  v_request := app.lock_request(p_request_id);
  select h.* into v_last
  from portal.request_status_history as h
  where h.tenant_id = v_request.tenant_id and h.request_id = v_request.id
  order by h.position desc
  limit 1;
  select v.workflow into v_workflow
  from portal.workflow_versions as v
  where v.tenant_id = v_request.tenant_id and v.id = v_request.workflow_version_id;

  -- done already
  if v_last.undoes_id = coalesce(p_move_id, v_last.undoes_id) then
    return app.request_as_json(v_request.id);
  end if;

  if p_move_id <> v_last.id then
    raise exception '% was there meanwhile: % is now "%".', app.printed(coalesce(v_last.actor_name, 'The system')), app.printed(v_request.number),
        app.printed(app.label(v_workflow #> array['statuses', v_request.status, 'label']))
      using errcode = 'PT409', detail = 'request_moved_on', hint = 'Only the last action can be undone. Look at the request again.';
  elsif v_last.undo_until is null then
    raise exception 'This cannot be undone.'
      using errcode = 'PT409', detail = 'action_cannot_be_undone', hint = 'Take another action that puts it right.';
  elsif v_last.actor_id is distinct from app.actor_id() then
    raise exception 'Only % can undo this.', app.printed(v_last.actor_name)
      using errcode = 'PT403', detail = 'undo_is_the_actors', hint = 'Take another action that puts it right.';
  elsif v_last.undo_until <= app.now() then
    raise exception 'It is too late to undo this.'
      using errcode = 'PT409', detail = 'undo_is_over', hint = 'The guest is being told. Take another action that puts it right.';
  end if;
  perform app.require(coalesce(v_workflow #>> array['actions', v_last.action, 'permission'], 'hotel:requests:write'));

  perform app.take_back(v_request, v_last);
  return app.request_as_json(v_request.id);
end
$$;

alter function api.portal_undo_action(uuid, uuid) owner to engine;
comment on function api.portal_undo_action(uuid, uuid) is
  'Takes back the last action on a request within the property''s undo_seconds (10), if the same member took it. p_move_id: the id in request_status_history of what is meant; if something has happened since, 409 request_moved_on. The same again answers the request again.';
revoke all on function api.portal_undo_action(uuid, uuid) from public;
grant execute on function api.portal_undo_action(uuid, uuid) to staff, admin;
