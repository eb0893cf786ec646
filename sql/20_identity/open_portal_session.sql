-- open_portal_session: a code opens a session on a device.
-- may:      service, for the function portal-session
-- refuses:  nothing: outcome says unknown or throttled, so that the counters survive
-- then:     a guest session of level identified (device seen before), context, or unproven (a burst of guesses is under way)
-- real clock: the life of a session
create or replace function app.open_portal_session(p_code text, p_address text, p_device_digest bytea)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_id uuid := app.new_id();
  v_try record;
  v_session record;
begin
  v_try := app.try_code(p_code, p_address, p_device_digest);
  if v_try.outcome <> 'known' then
    return jsonb_build_object('outcome', v_try.outcome, 'retry_after', v_try.retry_after);
  end if;

  perform set_config('app.actor_id', v_try.booking_id::text, true), set_config('app.session_id', v_id::text, true);
  insert into identity.sessions (tenant_id, id, session_type, booking_id, level, device_digest, expires_at)
  values (app.tenant_id(), v_id, 'guest', v_try.booking_id,
          case when v_try.is_known_device then 'identified' when v_try.must_prove then 'unproven' else 'context' end,
          p_device_digest, clock_timestamp() + interval '60 days')
  returning id, level, expires_at into v_session;

  return jsonb_build_object(
    'outcome', 'opened', 'tenant_id', app.tenant_id(), 'session_id', v_session.id, 'booking_id', v_try.booking_id,
    'level', v_session.level, 'state', v_try.state, 'expires_at', v_session.expires_at);
end
$$;

alter function app.open_portal_session(text, text, bytea) owner to engine;
comment on function app.open_portal_session(text, text, bytea) is
  'Opens a guest session for a code: {outcome: opened | unknown | throttled, retry_after, tenant_id, session_id, booking_id, level, state, expires_at}. The session ends with the code, whatever expires_at says.';
