-- open_qr_session: a guest's passing session, from a QR code.
-- may:      called by validate_qr and identify_guest
-- refuses:  nothing: null when the stay is over
-- then:     a session of 24 hours at most, which check-out ends
-- real clock: the life of a session
create or replace function app.open_qr_session(p_code identity.qr_tokens, p_booking_id uuid, p_level text, p_device_digest bytea)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  -- of a code for one use, that which is written down where it was spent
  v_id uuid := coalesce(app.session_id(), app.new_id());
  v_session record;
begin
  if not app.enter_as_guest(p_code.tenant_id, p_booking_id, v_id, p_level)
     or exists (select from public.bookings as b
                where b.tenant_id = p_code.tenant_id and b.id = p_booking_id and b.checkin_status = 'CHECKED_OUT') then
    return null;
  end if;
  insert into identity.sessions (tenant_id, id, session_type, booking_id, level, device_digest, qr_token_id, expires_at)
  values (p_code.tenant_id, v_id, 'guest', p_booking_id, p_level, p_device_digest, p_code.id, clock_timestamp() + interval '24 hours')
  returning id, level, expires_at into v_session;
  perform app.emit_event('qr.validated', p_code.property_id, p_booking_id, null, 'qr_token', p_code.id,
    jsonb_build_object('purpose', p_code.purpose));
  return jsonb_build_object(
    'outcome', 'opened', 'role', 'guest', 'sub', p_booking_id, 'tenant_id', p_code.tenant_id, 'session_id', v_session.id,
    'booking_id', p_booking_id, 'level', v_session.level, 'expires_at', v_session.expires_at);
end
$$;

comment on function app.open_qr_session(identity.qr_tokens, uuid, text, bytea) is 'Opens a guest session that came from a QR code and gives its claims; null when the portal is not open for the booking, or the guest has left.';
