-- identify_guest: who scanned a QR code on the wall says which guest they are.
-- may:      service, for the page /guest/identify
-- refuses:  nothing: outcome says why not, so that the counters survive
-- then:     an identified session of 24 hours at most; a wrong try leaves an event, and too many an alert
-- real clock: limits
create or replace function app.identify_guest(
  p_digest bytea,
  p_room_number text,
  p_last_name text,
  p_document_tail text,
  p_address text,
  p_device_digest bytea
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_window constant interval := interval '15 minutes';
  c_most constant integer := 8;
  v_tail text := upper(app.plain_name(p_document_tail));
  v_room_bucket text;
  v_address_bucket text := 'who-net:' || coalesce(p_address, 'unknown');
  v_wait integer;
  v_try record;
  v_code identity.qr_tokens;
  v_kind identity.qr_purposes;
  v_booking_id uuid;
begin
  v_try := app.try_qr(p_digest, p_address, false);
  if v_try.outcome <> 'known' then
    return jsonb_build_object('outcome', v_try.outcome, 'retry_after', v_try.retry_after);
  end if;
  select t.* into v_code from identity.qr_tokens as t where t.tenant_id = app.tenant_id() and t.id = v_try.code_id;
  select p.* into v_kind from identity.qr_purposes as p where p.purpose = v_code.purpose;
  if v_kind.opens not in ('identification', 'request_form') then
    return jsonb_build_object('outcome', 'unknown', 'retry_after', null);
  end if;
  v_room_bucket := 'who:' || v_code.property_id || ':' || left(coalesce(app.plain_name(p_room_number), ''), 20);
  -- lock
  perform app.take_turn(v_room_bucket);
  v_wait := greatest(app.limit_wait(v_room_bucket, c_window, c_most), app.limit_wait(v_address_bucket, c_window, 4 * c_most));
  if v_wait is not null then
    return jsonb_build_object('outcome', 'throttled', 'retry_after', v_wait);
  end if;

  select b.id into v_booking_id
  from public.rooms as r
  join public.bookings as b on b.tenant_id = r.tenant_id and b.room_id = r.id and b.checkin_status = 'CHECKED_IN'
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  where r.tenant_id = v_code.tenant_id
    and r.property_id = v_code.property_id
    and app.plain_name(r.room_number) = app.plain_name(p_room_number)
    and (v_code.room_id is null or v_code.room_id = r.id)
    and (app.plain_name(g.last_name) = app.plain_name(p_last_name)
         or length(v_tail) >= 4 and right(upper(app.plain_name(g.id_number)), length(v_tail)) = v_tail);

  if v_booking_id is null then
    perform app.emit_event('guest.not_identified', v_code.property_id, null, null, 'qr_token', v_code.id,
      jsonb_build_object('purpose', v_code.purpose));
    perform app.count_hit(v_address_bucket, c_window);
    if app.count_hit(v_room_bucket, c_window) >= c_most then
      perform app.raise_sign_in_alert(v_code.tenant_id, v_code.property_id, 'guest_identification',
        'Somebody tries to pass for a guest: ' || c_most || ' wrong answers for one room in a quarter of an hour.',
        jsonb_build_object('qr_id', v_code.id), 'guest_identification:' || v_room_bucket);
    end if;
    return jsonb_build_object('outcome', 'not_identified', 'retry_after', null);
  end if;
  return coalesce(
    app.open_qr_session(v_code, v_booking_id, 'identified', p_device_digest)
      || jsonb_build_object('opens', v_kind.opens, 'request_type_slug', v_kind.request_type_slug),
    jsonb_build_object('outcome', 'not_identified', 'retry_after', null));
end
$$;

alter function app.identify_guest(bytea, text, text, text, text, bytea) owner to engine;
comment on function app.identify_guest(bytea, text, text, text, text, bytea) is
  'Room and last name, or room and the document''s last four characters or more, of a guest in house. Eight wrong answers a room and thirty-two an address in a quarter of an hour, then throttled. {outcome: opened | not_identified | throttled | unknown | expired | revoked, …}.';
