-- end_finished_guest_sessions: passing sessions whose time is over are marked so, and forgotten a week later.
-- may:      called by the tick
-- refuses:  nothing
-- then:     no session of a QR code stands open beyond its time, and none is kept longer than a week after
-- real clock: the life of a session
create or replace function app.end_finished_guest_sessions()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_old uuid[] := array(
    select s.id
    from identity.sessions as s
    where s.qr_token_id is not null and s.expires_at < clock_timestamp() - interval '7 days'
    order by s.expires_at
    limit 1000);
begin
  update identity.sessions as s set ended_at = s.expires_at, ended_because = 'expired'
  where s.qr_token_id is not null and s.ended_at is null and s.expires_at <= clock_timestamp();
  delete from identity.refresh_tokens as t where t.session_id = any (v_old);
  delete from identity.sessions as s where s.id = any (v_old) and s.qr_token_id is not null;
end
$$;

comment on function app.end_finished_guest_sessions() is 'Run by the tick, across tenants; a second call changes nothing.';
revoke all on function app.end_finished_guest_sessions() from public, engine, service;
