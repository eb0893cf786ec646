-- replay_notification: a human sends a message again.
-- may:      hotel:messages:write
-- refuses:  notification_not_found, notification_not_replayable
-- then:     it is queued with a new attempt and a fresh count of failures; its alert is closed
create or replace function api.replay_notification(p_notification_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_row public.notification_log%rowtype;
begin
  perform app.require('hotel:messages:write');

  -- lock
  select * into v_row
  from public.notification_log as n
  where n.tenant_id = app.tenant_id() and n.id = p_notification_id
    and (n.property_id is null or app.sees_property(n.property_id))
  for no key update;
  if not found then
    raise exception 'There is no such message.' using errcode = 'PT404', detail = 'notification_not_found';
  end if;
  if v_row.state not in ('dead', 'failed', 'unknown') then
    raise exception 'This message is %; only one that is dead, failed or unknown is sent again.', app.printed(v_row.state)
      using errcode = 'PT409', detail = 'notification_not_replayable', hint = 'Look at its present state first.';
  end if;
  if app.is_forgotten(v_row) then
    raise exception 'Nobody knows any more what this message said, or to whom.'
      using errcode = 'PT409', detail = 'notification_not_replayable', hint = 'Its guest was erased, or it is older than messages are kept.';
  end if;

  perform app.requeue_notification(v_row.tenant_id, v_row.id);
  return jsonb_build_object('id', v_row.id, 'state', 'queued');
end
$$;

alter function api.replay_notification(uuid) owner to engine;
comment on function api.replay_notification(uuid) is 'Sends a dead, failed or unknown message again, on a human''s decision. A second call finds it queued and is refused, as is one whose recipient or words have been deleted.';
revoke all on function api.replay_notification(uuid) from public;
grant execute on function api.replay_notification(uuid) to staff, admin;
