-- tg_requests__leave_history: every status leaves history, and what the workflow says follows from it.
-- refuses:  what posting a charge or returning stock refuses
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
    if v_is_by_hand then
      select a.key into v_key
      from jsonb_each(v_workflow -> 'actions') as a
      where a.value ->> 'to' = new.status
        and app.action_leads_from(v_workflow, a.value, old.status)
        and not exists (select from jsonb_each(coalesce(a.value -> 'requires', '{}')) as f where coalesce((f.value ->> 'required')::boolean, true));
    end if;
  end if;

  insert into portal.request_status_history (tenant_id, request_id, from_status, to_status, action, actor_kind, actor_id, actor_name, is_by_hand, input, at)
  values (new.tenant_id, new.id, v_from_status, new.status, v_key, app.actor_kind(), app.actor_id(),
          coalesce(app.actor_name(), case when v_is_by_hand then session_user end), v_is_by_hand,
          case when v_is_by_hand then '{}' else coalesce(v_taken -> 'input', '{}') end, app.now());

  if tg_op = 'UPDATE' then
    perform app.follow_action(new, v_workflow, v_key, coalesce(v_taken -> 'input', '{}'));
  end if;
  perform app.emit_event(case when tg_op = 'INSERT' then 'request.created' else 'request.status_changed' end,
                         new.property_id, new.booking_id, new.id, 'request', new.id,
                         jsonb_build_object('status', new.status, 'phase', new.phase, 'from', v_from_status));
  return null;
end
$$;

comment on function app.tg_requests__leave_history() is 'Writes the history row and the event of every status, and runs what follows from the action: charge, stock, messages.';

create or replace trigger requests__leave_history
  after insert on portal.requests
  for each row execute function app.tg_requests__leave_history();

create or replace trigger requests__leave_history_of_change
  after update of status on portal.requests
  for each row when (old.status is distinct from new.status)
  execute function app.tg_requests__leave_history();
