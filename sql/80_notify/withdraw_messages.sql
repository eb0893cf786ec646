-- withdraw_messages: what a move has to say is not said.
-- may:      called by follow_undo
-- refuses:  guest_has_heard
-- then:     what waits is cancelled, and its key free for when the same happens again; true when a team has heard
create or replace function app.withdraw_messages(p_request_id uuid, p_move_id uuid)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row public.notification_log;
  v_team_has_heard boolean := false;
begin
  -- lock: the worker that has claimed a row first, or nobody
  for v_row in
    select n.*
    from public.notification_log as n
    where n.tenant_id = app.tenant_id() and n.request_id = p_request_id and n.move_id = p_move_id and n.state <> 'cancelled'
    order by n.id
    for no key update
  loop
    if v_row.state in ('queued', 'suppressed') then
      update public.notification_log as n
      set state = 'cancelled', error_code = 'undone', dedupe_key = n.dedupe_key || ':undone:' || n.id, updated_at = app.now()
      where n.tenant_id = v_row.tenant_id and n.id = v_row.id;
    elsif v_row.channel = 'slack' then
      v_team_has_heard := true;
    else
      raise exception 'The guest is being told already.'
        using errcode = 'PT409', detail = 'guest_has_heard', hint = 'Act again, or write to the guest.';
    end if;
  end loop;
  return v_team_has_heard;
end
$$;

comment on function app.withdraw_messages(uuid, uuid) is 'Cancels the unsent messages of a move of a request. Refused once a message to the guest is on its way.';
