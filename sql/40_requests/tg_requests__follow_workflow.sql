-- tg_requests__follow_workflow: a status changes only along the workflow the request was born with.
-- refuses:  status_change_not_in_workflow, permission_missing
create or replace function app.tg_requests__follow_workflow()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_workflow jsonb;
  v_action jsonb := nullif(current_setting('app.action', true), '')::jsonb;
  v_key text;
  v_candidates text[];
begin
  select v.workflow into v_workflow
  from portal.workflow_versions as v
  where v.tenant_id = new.tenant_id and v.id = new.workflow_version_id;

  if tg_op = 'INSERT' then
    new.status := v_workflow ->> 'initial';
  elsif app.is_undoing(v_action, old, new.status) then
    new.last_actor_name := app.actor_name();
  elsif new.status is distinct from old.status then
    if v_action ->> 'request_id' = new.id::text then
      v_key := v_action ->> 'key';
      v_candidates := array[v_key];
      if v_workflow #>> array['actions', v_key, 'to'] is distinct from new.status
         or not app.action_leads_from(v_workflow, v_workflow #> array['actions', v_key], old.status) then
        v_candidates := '{}';
      end if;
    else
      select coalesce(array_agg(a.key), '{}') into v_candidates
      from jsonb_each(v_workflow -> 'actions') as a
      where a.value ->> 'to' = new.status
        and app.action_leads_from(v_workflow, a.value, old.status)
        and not exists (select from jsonb_each(coalesce(a.value -> 'requires', '{}')) as f where coalesce((f.value ->> 'required')::boolean, true));
    end if;
    if cardinality(v_candidates) <> 1 then
      raise exception 'No one action leads from "%" to "%".', app.printed(old.status), app.printed(new.status)
        using errcode = 'PT409', detail = 'status_change_not_in_workflow',
              hint = 'Use portal_update_request_status with an action of the request''s workflow.';
    end if;
    perform app.action_must_be_allowed(v_workflow #> array['actions', v_candidates[1]]);
    new.last_actor_name := app.actor_name();
  end if;

  new.phase := v_workflow #>> array['statuses', new.status, 'phase'];
  new.outcome := v_workflow #>> array['statuses', new.status, 'outcome'];
  if new.phase in ('resolved', 'closed') then
    new.resolved_at := coalesce(new.resolved_at, app.now());
  else
    new.resolved_at := null;
  end if;
  new.closed_at := case when new.phase = 'closed' then coalesce(new.closed_at, app.now()) end;
  new.updated_at := app.now();
  return new;
end
$$;

comment on function app.tg_requests__follow_workflow() is
  'Holds the workflow against any update: through an action, or by hand where exactly one action without required input leads there. What a manager decides needs a session that may, also by hand. The last move may be taken back within its window. Keeps phase, outcome and the times that follow from the status.';

create or replace trigger requests__follow_workflow
  before insert or update of status, phase, outcome, resolved_at, closed_at on portal.requests
  for each row execute function app.tg_requests__follow_workflow();
