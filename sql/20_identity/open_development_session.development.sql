-- open_development_session: signs in as someone of the cast, without a password.
-- may:      service, in the development build only: production does not have this function
-- refuses:  nothing: null when there is no such member
-- then:     a member's session
create or replace function app.open_development_session(p_email text)
returns jsonb
language sql
volatile
security definer
set search_path = ''
as $$
  select app.open_member_session(r.tenant_id, r.membership_id) from app.resolve_login(p_email) as r limit 1
$$;

alter function app.open_development_session(text) owner to engine;
comment on function app.open_development_session(text) is 'Development build only: opens a session for a member by e-mail and gives its claims.';
