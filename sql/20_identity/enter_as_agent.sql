-- enter_as_agent: the assistant acts from here on, within the session of whoever asked it.
-- may:      called by pre_request, for a call that says x-acting-agent
-- refuses:  agent_needs_a_session, agent_may_not
-- then:     the asker's reads, no right to change anything but what the role AI_AGENT and the asker both carry; all but two commands cannot write
create or replace function app.enter_as_agent(p_path text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  -- creating a request and commenting on one, at PostgREST and at the functions
  c_writes constant text[] := '{/rpc/portal_submit_request,/rpc/add_request_comment,/functions/v1/portal-submit-request}'::text[];
  v_carried text[];
begin
  if coalesce(app.session_role(), '') not in ('guest', 'staff', 'admin') then
    raise exception 'The assistant needs to know who is talking.'
      using errcode = 'PT403', detail = 'agent_needs_a_session', hint = 'Ask within the session of a guest or a member.';
  end if;

  v_carried := array(
    select rp.permission
    from identity.roles as r
    join identity.role_permissions as rp on rp.tenant_id = r.tenant_id and rp.role_id = r.id
    where r.tenant_id = app.tenant_id() and r.key = 'AI_AGENT');
  perform set_config('app.agent', 'AI_AGENT', true),
          set_config('app.permissions', array(
            select p from unnest(app.permissions()) as p where p like '%:read' or p = any (v_carried))::text, true);

  if p_path = any (c_writes) and 'hotel:requests:write' = any (v_carried) then
    return;
  end if;
  if exists (select from pg_catalog.pg_proc as p
             where p.pronamespace = 'api'::regnamespace and p_path = '/rpc/' || p.proname and p.provolatile = 'v') then
    raise exception 'The assistant may not do this.'
      using errcode = 'PT403', detail = 'agent_may_not', hint = 'It reads what you may read, makes requests and leaves notes for colleagues.';
  end if;
  -- whatever this call turns out to be, PostgreSQL lets it write nothing
  perform set_config('transaction_read_only', 'on', true);
end
$$;

comment on function app.enter_as_agent(text) is
  'Narrows a session to what the assistant may do in it: it reads what its asker may read, creates requests and comments internally. Everything else runs in a read-only transaction, new commands included.';
