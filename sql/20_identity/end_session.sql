-- end_session: a session is over, and every token of it.
-- may:      called by commands and the sign-in functions
-- refuses:  nothing
-- then:     pre_request refuses its tokens; the row says why
-- real clock: the life of a session
create or replace function app.end_session(p_session_id uuid, p_reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update identity.sessions as s set ended_at = clock_timestamp(), ended_because = p_reason
  where s.tenant_id = app.tenant_id() and s.id = p_session_id and s.ended_at is null;
end
$$;

comment on function app.end_session(uuid, text) is 'Ends a session of the transaction''s tenant, once; the first reason stays.';
