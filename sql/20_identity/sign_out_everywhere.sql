-- sign_out_everywhere: the caller's sessions are over, on every device and in every hotel of theirs.
-- may:      any member, for themselves
-- refuses:  nothing
-- then:     this session is over too
create or replace function api.sign_out_everywhere()
returns jsonb
language sql
volatile
security definer
set search_path = ''
as $$
  select jsonb_build_object('ended', app.end_sessions_of_person(u.email, null, 'signed_out_everywhere'))
  from identity.memberships as m
  join identity.users as u on u.id = m.user_id
  where m.tenant_id = app.tenant_id() and m.id = app.actor_id()
$$;

alter function api.sign_out_everywhere() owner to engine;
comment on function api.sign_out_everywhere() is 'Ends every session of the person who calls, this one too, and says how many. A second call finds no session to make it with.';
revoke all on function api.sign_out_everywhere() from public;
grant execute on function api.sign_out_everywhere() to staff, admin;
