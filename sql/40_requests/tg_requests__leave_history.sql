-- tg_requests__leave_history: every status leaves history, and what the workflow says follows from it.
-- refuses:  what posting a charge refuses, what returning stock or undoing refuses
create or replace function app.tg_requests__leave_history()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_taken jsonb := nullif(current_setting('app.action', true), '')::jsonb;
  v_is_by_hand boolean := tg_op = 'UPDATE' and v_taken ->> 'request_id' is distinct from new.id::text;
  v_key text;
  v_workflow jsonb;
  v_from_status text;
  v_history portal.request_status_history;
  v_outer text := coalesce(current_setting('app.move', true), '');
  v_is_systems boolean := false;
begin
  if app.tenant_id() is distinct from new.tenant_id then
    perform app.set_caller(new.tenant_id);
  end if;
  if tg_op = 'UPDATE' then
    v_from_status := old.status;
    select v.workflow into v_workflow
    from portal.workflow_versions as v
    where v.tenant_id = new.tenant_id and v.id = new.workflow_version_id;
    v_key := v_taken ->> 'key';
    if v_taken ? 'undo_until' then
      v_history.before := jsonb_build_object('scheduled_for', old.scheduled_for, 'assignee_id', old.assignee_id, 'driver', old.driver,
                                             'severity', old.severity, 'details', old.details);
    end if;
    if v_is_by_hand then
      select a.key into v_key
      from jsonb_each(v_workflow -> 'actions') as a
      where a.value ->> 'to' = new.status
        and app.action_leads_from(v_workflow, a.value, old.status)
        and not exists (select from jsonb_each(coalesce(a.value -> 'requires', '{}')) as f where coalesce((f.value ->> 'required')::boolean, true));
    end if;
    v_is_systems := coalesce(v_workflow #> array['actions', v_key, 'by'] = '["system"]', false);
  end if;

  -- what only the system does is the system's, whoever set it off
  insert into portal.request_status_history (tenant_id, request_id, from_status, to_status, action, actor_kind, actor_id, actor_name, is_by_hand, input, at,
                                             before, undo_until, undoes_id)
  values (new.tenant_id, new.id, v_from_status, new.status, v_key, case when v_is_systems then 'system' else app.actor_kind() end,
          case when not v_is_systems then app.actor_id() end,
          case when not v_is_systems then coalesce(app.actor_name(), case when v_is_by_hand then session_user end) end, v_is_by_hand,
          case when v_is_by_hand then '{}' else coalesce(v_taken -> 'input', '{}') end, app.now(),
          coalesce(v_history.before, '{}'),
          case when not v_is_by_hand then (v_taken ->> 'undo_until')::timestamptz end,
          case when not v_is_by_hand then (v_taken ->> 'undoes')::uuid end)
  returning * into v_history;

  if v_history.undoes_id is not null then
    perform app.follow_undo(new, v_history);
  elsif tg_op = 'UPDATE' then
    perform set_config('app.move', jsonb_build_object('id', v_history.id, 'undo_until', v_history.undo_until)::text, true);
    perform app.follow_action(new, v_workflow, v_key, coalesce(v_taken -> 'input', '{}'));
    perform set_config('app.move', v_outer, true);
  end if;
  if tg_op = 'UPDATE' then
    perform app.renew_cards(new);
  end if;
  perform app.emit_event(case when tg_op = 'INSERT' then 'request.created' else 'request.status_changed' end,
                         new.property_id, new.booking_id, new.id, 'request', new.id,
                         jsonb_build_object('status', new.status, 'phase', new.phase, 'from', v_from_status));
  return null;
end
$$;

comment on function app.tg_requests__leave_history() is 'Writes the history row and the event of every status, and runs what follows from the action, or from its being undone: charge, stock, messages.';

create or replace trigger requests__leave_history
  after insert on portal.requests
  for each row execute function app.tg_requests__leave_history();

create or replace trigger requests__leave_history_of_change
  after update of status on portal.requests
  for each row when (old.status is distinct from new.status)
  execute function app.tg_requests__leave_history();
