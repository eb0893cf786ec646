-- booking_input: what a caller said of a booking, typed.
-- refuses:  field_unknown, field_invalid, field_missing, booking_check_out_is_not_before_check_in, booking_is_at_most_a_year
create or replace function app.booking_input(
  p_booking jsonb,
  out property_code text, out property_id uuid,
  out room_type_code text, out room_type_id uuid,
  out room_number text, out room_id uuid,
  out guest jsonb, out guest_id uuid,
  out check_in date, out check_out date,
  out adults integer, out children integer,
  out status text, out channel text, out session_id text, out payment_ref text,
  out special_requests text, out total_price numeric
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_missing text;
begin
  perform app.refuse_unknown_fields(p_booking, 'booking', array[
    'property_code', 'property_id', 'room_type_code', 'room_type_id', 'room_number', 'room_id', 'guest', 'guest_id',
    'check_in', 'check_out', 'adults', 'children', 'status', 'channel', 'session_id', 'payment_ref',
    'special_requests', 'total_price']);
  begin
    select * into property_code, property_id, room_type_code, room_type_id, room_number, room_id, guest, guest_id,
                  adults, children, status, channel, session_id, payment_ref, special_requests, total_price
    from jsonb_to_record(p_booking) as b (
      property_code text, property_id uuid, room_type_code text, room_type_id uuid, room_number text, room_id uuid,
      guest jsonb, guest_id uuid, adults integer, children integer, status text,
      channel text, session_id text, payment_ref text, special_requests text, total_price numeric);
  exception when data_exception then
    raise exception 'A field of the booking is not of its type: %.', app.printed(sqlerrm)
      using errcode = 'PT422', detail = 'field_invalid', hint = 'Ids are uuids, numbers are written without quotes.';
  end;
  check_in := app.iso_date(p_booking ->> 'check_in', 'check_in');
  check_out := app.iso_date(p_booking ->> 'check_out', 'check_out');
  adults := coalesce(adults, 1);
  status := coalesce(status, 'draft');
  channel := coalesce(channel, 'direct');

  v_missing := case
    when check_in is null then 'check_in'
    when check_out is null then 'check_out'
    when coalesce(room_type_code, room_type_id::text) is null then 'room_type_code'
    when coalesce(guest, to_jsonb(guest_id)) is null then 'guest'
  end;
  if v_missing is not null then
    raise exception 'The booking lacks %.', app.printed(v_missing)
      using errcode = 'PT422', detail = 'field_missing', hint = 'A booking has a room type, a guest, check_in and check_out.';
  end if;
  if status not in ('draft', 'pending') or adults not between 1 and 50 or children not between 0 and 50
     or total_price < 0 or total_price = 'NaN'
     or length(channel) > 50 or length(session_id) > 200 or length(payment_ref) > 200 or length(special_requests) > 2000 then
    raise exception 'A field of the booking is out of its range.'
      using errcode = 'PT422', detail = 'field_invalid',
            hint = 'status is draft or pending, adults 1 to 50, children 0 to 50, total_price not negative, special_requests up to 2000 characters.';
  end if;
  perform app.stay_dates_must_be_sane(check_in, check_out);
end
$$;

comment on function app.booking_input(jsonb) is 'The fields of create_booking''s object, typed, with their defaults. Says nothing of what exists.';
