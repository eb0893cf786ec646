-- sign_out_everywhere: the caller's sessions are over, on every device and in every hotel that the same password opens.
-- may:      any member, and the platform's own people, for themselves
-- refuses:  nothing
-- then:     this session is over too
-- real clock: the life of a session
create or replace function api.sign_out_everywhere()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_ended integer;
begin
  if app.session_role() = 'platform' then
    update identity.platform_sessions as s set ended_at = clock_timestamp(), ended_because = 'signed_out_everywhere'
    where s.user_id = app.actor_id() and s.ended_at is null;
    get diagnostics v_ended = row_count;
  else
    v_ended := app.end_sessions_of_person(app.tenant_id(), app.actor_id(), null, 'signed_out_everywhere');
  end if;
  return jsonb_build_object('ended', v_ended);
end
$$;

alter function api.sign_out_everywhere() owner to engine;
comment on function api.sign_out_everywhere() is 'Ends every session of the person who calls, this one too, and says how many. A second call finds no session to make it with.';
revoke all on function api.sign_out_everywhere() from public;
grant execute on function api.sign_out_everywhere() to staff, admin, platform;
