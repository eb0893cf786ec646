-- is_undoing: whether a change of status is the last move of a request being taken back by who made it.
-- may:      called by the workflow trigger
-- refuses:  nothing
-- then:     nothing
create or replace function app.is_undoing(p_taken jsonb, p_request portal.requests, p_to_status text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_last portal.request_status_history;
begin
  if p_taken ->> 'request_id' is distinct from p_request.id::text or not p_taken ? 'undoes' then
    return false;
  end if;
  select h.* into v_last
  from portal.request_status_history as h
  where h.tenant_id = p_request.tenant_id and h.request_id = p_request.id
  order by h.position desc
  limit 1;
  return v_last.id::text = p_taken ->> 'undoes'
     and v_last.from_status = p_to_status
     and v_last.to_status = p_request.status
     and coalesce(v_last.undo_until > app.now(), false)
     and v_last.actor_id = app.actor_id();
end
$$;

comment on function app.is_undoing(jsonb, portal.requests, text) is
  'The one exception that the workflow trigger knows: back to where the last move came from, within its window, by the same member. p_taken is the setting app.action.';
