-- end_qr_sessions: passing sessions end with the stay.
-- may:      called by check_out_guest
-- refuses:  nothing
-- then:     every session of the booking that came from a QR code is over; those of the guest's link go on
-- real clock: the life of a session
create or replace function app.end_qr_sessions(p_booking_id uuid, p_because text)
returns void
language sql
volatile
set search_path = ''
as $$
  update identity.sessions as s set ended_at = clock_timestamp(), ended_because = p_because
  where s.tenant_id = app.tenant_id()
    and s.booking_id = p_booking_id
    and s.qr_token_id is not null
    and s.ended_at is null
$$;

comment on function app.end_qr_sessions(uuid, text) is 'Ends the passing sessions of a booking. The code in the guest''s message opens the stay as before: its receipt is read after check-out.';
