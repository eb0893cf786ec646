-- end_request: a request ends with what it was for, and says why.
-- may:      called where a stay ends; the request is locked
-- refuses:  input_missing, and what the action's consequences refuse
-- then:     the action is taken through its workflow; history keeps actor and reason
create or replace function app.end_request(p_request portal.requests, p_action text, p_reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_requires jsonb;
begin
  select v.workflow #> array['actions', p_action, 'requires'] into v_requires
  from portal.workflow_versions as v
  where v.tenant_id = p_request.tenant_id and v.id = p_request.workflow_version_id;
  -- requests born with an earlier workflow end without a word
  perform app.perform_action(
    p_request, p_action, case when v_requires ? 'reason' then jsonb_strip_nulls(jsonb_build_object('reason', p_reason)) else '{}' end);
end
$$;

comment on function app.end_request(portal.requests, text, text) is
  'p_action cancel or expire. p_reason: a person''s words, or one of stay_is_over, stay_dates_changed, guest_never_came, which pages translate.';
