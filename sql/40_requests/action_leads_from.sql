-- action_leads_from: whether an action can be taken in a status.
create or replace function app.action_leads_from(p_workflow jsonb, p_action jsonb, p_status text)
returns boolean
language sql
immutable
parallel safe
begin atomic
  select case
    when p_action -> 'from' = '"*"' then p_workflow #>> array['statuses', p_status, 'phase'] <> 'closed'
    else (p_action -> 'from') ? p_status
  end;
end;

comment on function app.action_leads_from(jsonb, jsonb, text) is 'Whether an action''s "from" names the status; "*" is every status that is not closed.';
select app.grant_to_readers('app.action_leads_from(jsonb, jsonb, text)');
