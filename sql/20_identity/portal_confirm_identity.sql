-- portal_confirm_identity: the second fact, once for a device and a code.
-- may:      the guest of the session
-- refuses:  identity_not_confirmed, too_many_tries, method_not_allowed, answer_is_taken_whole, session_over
-- then:     the session is identified and the device remembered
create or replace function api.portal_confirm_identity(p_last_name text default null, p_phone_last4 text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_window constant interval := interval '15 minutes';
  v_bucket text := 'fact:' || app.booking_id();
  v_wait integer;
  v_matches boolean;
begin
  perform app.must_leave_a_trace();
  if app.booking_id() is null then
    raise exception 'Open your link first.' using errcode = 'PT401', detail = 'session_over';
  end if;

  -- lock
  perform app.take_turn(v_bucket);
  v_wait := app.limit_wait(v_bucket, c_window, 8);
  if v_wait is not null then
    return app.answer(429, 'too_many_tries', 'Too many tries.', 'Wait a little, or ask reception.', v_wait);
  end if;

  select coalesce(app.plain_name(g.last_name) = app.plain_name(p_last_name), false)
         or coalesce(p_phone_last4 ~ '^\s*[0-9]{4}\s*$' and right(g.phone, 4) = btrim(p_phone_last4), false)
  into v_matches
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  where b.tenant_id = app.tenant_id() and b.id = app.booking_id();

  if not v_matches then
    perform app.count_hit(v_bucket, c_window);
    return app.answer(403, 'identity_not_confirmed', 'That is not what the booking says.',
                      'Try the last name as it stands on the booking, or the last four digits of the phone the message came to.');
  end if;

  update identity.sessions as s set level = 'identified'
  where s.tenant_id = app.tenant_id() and s.id = app.session_id();
  insert into identity.seen_devices (tenant_id, booking_id, device_digest)
  select s.tenant_id, s.booking_id, s.device_digest
  from identity.sessions as s
  where s.tenant_id = app.tenant_id() and s.id = app.session_id() and s.device_digest is not null
  on conflict (tenant_id, booking_id, device_digest) do nothing;
  perform set_config('app.level', 'identified', true);
  return jsonb_build_object('level', 'identified');
end
$$;

alter function api.portal_confirm_identity(text, text) owner to engine;
comment on function api.portal_confirm_identity(text, text) is
  'Raises the guest''s session to identified when the last name (case and accents forgiven) or the phone''s last four digits fit the booking. Eight wrong tries in a quarter of an hour for a booking, then 429. The right fact again changes nothing.';
revoke all on function api.portal_confirm_identity(text, text) from public;
grant execute on function api.portal_confirm_identity(text, text) to guest;
