-- create_booking: a stay is noted, or asked for.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, field_unknown, field_invalid, field_missing, booking_check_out_is_not_before_check_in, booking_is_at_most_a_year, property_not_found, room_type_not_found, room_not_found, guest_not_found, guest_has_a_name, guest_phone_is_e164, guest_language_is_a_code, idempotency_key_missing, idempotency_key_reused, stay_is_over, room_is_not_double_booked, room_type_is_not_oversold, twin_in_flight
-- then:     a draft holds nothing; a pending booking holds its nights, and its room if one is named
create or replace function api.create_booking(p_booking jsonb, p_idempotency_key text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_input record;
  v_property public.properties;
  v_type public.room_types;
  v_booking public.bookings;
  v_name text;
  v_nights integer;
  v_total numeric;
  v_key text := p_idempotency_key;
  v_asked bytea := app.digest(p_booking::text);
  v_answer jsonb;
begin
  perform app.require('hotel:bookings:write');

  -- what and where
  v_input := app.booking_input(p_booking);
  v_property := app.find_property(v_input.property_code, v_input.property_id);
  v_type := app.find_room_type(v_property.id, v_input.room_type_code, v_input.room_type_id);
  v_name := app.booking_guest_name(v_input.guest, v_input.guest_id);

  -- the same key is the same booking
  if p_idempotency_key is not null then
    v_answer := app.claim_idempotency_key('create_booking', p_idempotency_key, p_booking);
  end if;
  if v_answer is not null then
    return v_answer;
  end if;
  if v_input.session_id is not null then
    v_key := concat_ws(':', v_property.tenant_id, v_input.session_id, v_type.id, v_input.check_in, v_input.check_out, lower(v_name));
    v_asked := app.digest(v_key);
  end if;
  v_booking.id := app.booking_of_key(v_key, v_asked);

  if v_booking.id is null then
    if v_input.check_out < app.today(v_property.id) then
      raise exception 'This stay has ended already.'
        using errcode = 'PT409', detail = 'stay_is_over', hint = 'Give a check-out of today or later.';
    end if;

    v_nights := greatest(v_input.check_out - v_input.check_in, 1);
    v_total := coalesce(v_input.total_price, v_type.price * v_nights);
    insert into public.bookings (
      tenant_id, property_id, guest_id, guest_name, room_type_id, check_in, check_out, adults, children,
      total_price, nightly_rate, currency, channel, session_id, idempotency_key, asked_digest,
      payment_ref, special_requests, created_at, updated_at)
    values (
      v_property.tenant_id, v_property.id, coalesce(v_input.guest_id, app.register_guest(v_input.guest)), v_name, v_type.id,
      v_input.check_in, v_input.check_out, v_input.adults, v_input.children,
      v_total, trunc(v_total / v_nights, app.currency_exponent(v_property.currency)), v_property.currency,
      v_input.channel, v_input.session_id, v_key, case when v_key is not null then v_asked end,
      v_input.payment_ref, v_input.special_requests, app.now(), app.now())
    returning * into v_booking;
    perform app.hold_or_note(v_booking, v_input.status, app.find_room(v_property.id, v_input.room_number, v_input.room_id));
    perform app.emit_event('booking.created', v_booking.property_id, v_booking.id, null, 'booking', v_booking.id,
      jsonb_build_object('status', v_input.status));
  end if;

  v_answer := app.booking_json(v_booking.id);
  if p_idempotency_key is not null then
    perform app.keep_answer('create_booking', p_idempotency_key, v_answer);
  end if;
  return v_answer;
end
$$;

alter function api.create_booking(jsonb, text) owner to engine;
comment on function api.create_booking(jsonb, text) is
  'Makes a booking: {property_code, room_type_code, room_number, guest: {first_name, last_name, phone, email, language} or guest_id, check_in, check_out, adults, children, status: draft | pending, session_id, …}; ids in place of codes do as well. The same key, or the same kiosk session asking for the same stay, answers the same booking.';
revoke all on function api.create_booking(jsonb, text) from public;
grant execute on function api.create_booking(jsonb, text) to staff, admin;
