-- restore_room: a room is again as clean as it was before an action that is taken back.
-- may:      called by follow_undo, where the room is locked
-- refuses:  nothing
-- then:     its cleanliness as before, unless somebody has said another since
create or replace function app.restore_room(p_request portal.requests, p_move portal.request_status_history)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.rooms as m
  set cleanliness = l.previous_status, updated_at = app.now()
  from portal.workflow_versions as v
  join public.room_status_log as l
    on l.tenant_id = v.tenant_id and l.room_id = p_request.room_id and l.axis = 'cleanliness' and l.changed_at = p_move.at
  where v.tenant_id = p_request.tenant_id and v.id = p_request.workflow_version_id
    and l.new_status = v.workflow #>> array['actions', p_move.action, 'room_becomes']
    and m.tenant_id = l.tenant_id and m.id = l.room_id
    and not exists (select from public.room_status_log as n
                    where n.tenant_id = l.tenant_id and n.room_id = l.room_id and n.axis = l.axis and n.changed_at > l.changed_at);
end
$$;

comment on function app.restore_room(portal.requests, portal.request_status_history) is 'p_move: the history row that is undone. Does nothing where its action says nothing of a room.';
