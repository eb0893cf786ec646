-- make_qr_code: a QR code for a room, a poster, a colleague or a guest.
-- may:      hotel:qr:write; hotel:staff:write too for the code of a colleague
-- refuses:  permission_missing, field_unknown, field_invalid, qr_purpose_unknown, guest_not_in_room, member_not_found, property_not_found, room_not_found, too_many_tries
-- then:     the code stands until it is used, revoked or over
-- real clock: the life of a code, and limits
create or replace function api.make_qr_code(p_code jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_minute constant interval := interval '1 minute';
  v_purpose identity.qr_purposes;
  v_booking public.bookings;
  v_property_id uuid;
  v_room_id uuid;
  v_member_id uuid;
  v_wait integer;
  v_secret text := app.new_secret();
  v_is_ours boolean := coalesce(app.uuid_or_null(p_code ->> 'tenant_id') = app.tenant_id(), not p_code ? 'tenant_id');
  v_made record;
begin
  perform app.require('hotel:qr:write');
  perform app.refuse_unknown_fields(p_code, 'QR code', array[
    'purpose', 'tenant_id', 'property_id', 'property_code', 'room_id', 'room_number', 'guest_id', 'membership_id', 'expires_in_minutes', 'label']);
  select p.* into v_purpose from identity.qr_purposes as p where p.purpose = p_code ->> 'purpose';
  if not found then
    raise exception 'There is no such kind of QR code.'
      using errcode = 'PT422', detail = 'qr_purpose_unknown', hint = 'Choose GUEST_ACCESS, STAFF_ACCESS, ROOM_SERVICE, MAINTENANCE or LOGIN.';
  end if;
  if p_code ->> 'expires_in_minutes' is not null
     and (v_purpose.opens <> 'session' or p_code ->> 'expires_in_minutes' !~ '^[0-9]{1,4}$' or (p_code ->> 'expires_in_minutes')::integer not between 1 and 1440)
     or length(btrim(p_code ->> 'label')) > 80 then
    raise exception 'A field of the QR code is not right.'
      using errcode = 'PT422', detail = 'field_invalid', hint = 'A login code lasts 1 to 1440 minutes, the others as long as their kind; a label has up to 80 characters.';
  end if;

  -- whose
  if v_purpose.audience = 'staff' then
    perform app.require('hotel:staff:write');
    v_member_id := app.colleague(case when v_is_ours then app.uuid_or_null(p_code ->> 'membership_id') end);
  elsif v_purpose.opens = 'session' then
    -- what its guest gets is this secret in a signed token: bare, it is no code
    v_secret := 'signed:' || v_secret;
    v_booking := app.guest_stay_in_room(
      case when v_is_ours then app.uuid_or_null(p_code ->> 'guest_id') end, app.uuid_or_null(p_code ->> 'room_id'));
    v_property_id := v_booking.property_id;
    v_room_id := v_booking.room_id;
    v_wait := greatest(
      app.limit_wait(concat('qr-make:', app.address()), c_minute, app.qr_limit('address_per_minute')),
      app.limit_wait('qr-make-guest:' || v_booking.guest_id, c_minute, app.qr_limit('guest_per_minute')));
    if v_wait is not null then
      return app.answer(429, 'too_many_tries', 'That were many codes at once.', 'Wait a little.', v_wait);
    end if;
  else
    perform app.require_property(v_property_id) where not v_is_ours;
    v_property_id := (app.find_property(p_code ->> 'property_code', app.uuid_or_null(p_code ->> 'property_id'))).id;
    v_room_id := app.find_room(v_property_id, p_code ->> 'room_number', app.uuid_or_null(p_code ->> 'room_id'));
  end if;

  insert into identity.qr_tokens (tenant_id, purpose, digest, label, property_id, room_id, guest_id, booking_id, membership_id, expires_at, made_by)
  values (app.tenant_id(), v_purpose.purpose, app.digest(v_secret), nullif(btrim(p_code ->> 'label'), ''), v_property_id, v_room_id,
          v_booking.guest_id, v_booking.id, v_member_id,
          clock_timestamp() + coalesce((p_code ->> 'expires_in_minutes')::integer * c_minute, v_purpose.lifetime), app.actor_id())
  returning id, expires_at, created_at into v_made;
  perform app.emit_event('qr.issued', v_property_id, null, null, 'qr_token', v_made.id, jsonb_build_object('purpose', v_purpose.purpose));
  if v_purpose.opens = 'session' then
    perform app.count_hit(concat('qr-make:', app.address()), c_minute), app.count_hit('qr-make-guest:' || v_booking.guest_id, c_minute);
  end if;
  return jsonb_build_object(
    'id', v_made.id, 'secret', v_secret, 'purpose', v_purpose.purpose, 'audience', v_purpose.audience, 'opens', v_purpose.opens,
    'tenant_id', app.tenant_id(), 'guest_id', v_booking.guest_id, 'room_id', v_room_id, 'expires_at', v_made.expires_at);
end
$$;

alter function api.make_qr_code(jsonb) owner to engine;
comment on function api.make_qr_code(jsonb) is
  'Makes a code of {purpose, tenant_id (the caller''s, if said), property_id or property_code, room_id or room_number, guest_id, membership_id, expires_in_minutes, label} and gives its secret this once. A login code (qr-generate signs it) is for a guest with a stay in the room. A second call makes another code.';
revoke all on function api.make_qr_code(jsonb) from public;
grant execute on function api.make_qr_code(jsonb) to staff, admin;
