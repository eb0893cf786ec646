-- awaits_approval: whether a request waits for somebody who may decide.
create or replace function app.awaits_approval(p_status text, p_workflow jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select exists (
    select from jsonb_each(p_workflow -> 'actions') as a
    where a.value ->> 'permission' = 'hotel:requests:approve' and app.action_leads_from(p_workflow, a.value, p_status))
$$;

comment on function app.awaits_approval(text, jsonb) is 'Whether an action that only an approver may take leads on from this status.';
