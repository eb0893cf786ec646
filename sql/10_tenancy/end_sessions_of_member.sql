-- end_sessions_of_member: somebody is signed out everywhere in this hotel.
create or replace function app.end_sessions_of_member(p_membership_id uuid, p_reason text)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.end_session(s.id, p_reason)
  from identity.sessions as s
  where s.tenant_id = app.tenant_id() and s.membership_id = p_membership_id and s.ended_at is null
$$;

comment on function app.end_sessions_of_member(uuid, text) is 'Ends every open session of a member, saying why.';
