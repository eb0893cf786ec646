-- sign_out: this session is over.
-- may:      whoever has one, for themselves: a guest too
-- refuses:  nothing
-- then:     its tokens and its secret open nothing any more
create or replace function api.sign_out()
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  select app.end_session(app.session_id(), 'signed_out')
$$;

alter function api.sign_out() owner to engine;
comment on function api.sign_out() is 'Ends the caller''s session. A second call finds no session to make it with.';
revoke all on function api.sign_out() from public;
grant execute on function api.sign_out() to guest, staff, admin;
