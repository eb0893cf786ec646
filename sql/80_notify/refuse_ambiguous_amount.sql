-- refuse_ambiguous_amount: 9.500 is nine and a half to one reader, and nine thousand five hundred to another.
-- may:      called by take_slack_press
-- refuses:  input_invalid
-- then:     nothing
create or replace function app.refuse_ambiguous_amount(p_request portal.requests, p_action text, p_input jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if app.currency_exponent(p_request.currency) < 3 and exists (
    select from portal.workflow_versions as v
    cross join jsonb_each(v.workflow #> array['actions', p_action, 'requires']) as f
    where v.tenant_id = p_request.tenant_id and v.id = p_request.workflow_version_id
      and f.value ->> 'type' = 'money' and p_input ->> f.key ~ '^\d{1,3}(\.\d{3})+$') then
    raise exception 'The amount can be read in two ways.'
      using errcode = 'PT422', detail = 'input_invalid', hint = 'Write it without points between the thousands.';
  end if;
end
$$;

comment on function app.refuse_ambiguous_amount(portal.requests, text, jsonb) is
  'An amount typed into a card, of whose writer''s language nothing is known: groups of three after a point are asked about, unless the currency has three decimals.';
