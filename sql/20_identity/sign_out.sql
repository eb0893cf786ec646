-- sign_out: this session is over.
-- may:      whoever has one, for themselves: a guest too
-- refuses:  nothing
-- then:     its tokens and its secret open nothing any more
-- real clock: the life of a session
create or replace function api.sign_out()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.end_session(app.session_id(), 'signed_out');
  update identity.platform_sessions as s set ended_at = clock_timestamp(), ended_because = 'signed_out'
  where app.session_role() = 'platform' and s.id = app.session_id() and s.ended_at is null;
end
$$;

alter function api.sign_out() owner to engine;
comment on function api.sign_out() is 'Ends the caller''s session. A second call finds no session to make it with.';
revoke all on function api.sign_out() from public;
grant execute on function api.sign_out() to guest, staff, admin, platform;
