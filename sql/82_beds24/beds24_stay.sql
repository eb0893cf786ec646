-- beds24_stay: what a booking of Beds24 says, in our words and forms.
-- may:      called by take_beds24_booking
-- refuses:  beds24_booking_unreadable
-- then:     nothing
create or replace function app.beds24_stay(p_document jsonb, p_currency text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  c_blank constant text := '[[:cntrl:][:space:]]+';
  v_first text := left(btrim(regexp_replace(coalesce(p_document ->> 'firstName', ''), c_blank, ' ', 'g')), 100);
  v_last text := left(btrim(regexp_replace(coalesce(p_document ->> 'lastName', ''), c_blank, ' ', 'g')), 100);
  v_email text := lower(btrim(p_document ->> 'email'));
  v_language text := lower(left(p_document ->> 'lang', 2));
  v_stay jsonb;
begin
  v_stay := jsonb_build_object(
    'id', (p_document ->> 'id')::bigint,
    'property_id', (p_document ->> 'propertyId')::bigint,
    'modified_at', (p_document ->> 'modifiedTime')::timestamptz,
    'status', p_document ->> 'status',
    'is_no_show', coalesce(p_document ->> 'subStatus', '') = 'noShow',
    'room_id', (p_document ->> 'roomId')::bigint,
    'unit_id', coalesce((p_document ->> 'unitId')::integer, 0),
    'arrives_on', app.iso_date(p_document ->> 'arrival', 'arrival'),
    'leaves_on', app.iso_date(p_document ->> 'departure', 'departure'),
    'adults', greatest(1, least(50, coalesce((p_document ->> 'numAdult')::numeric, 1)))::integer,
    'children', greatest(0, least(50, coalesce((p_document ->> 'numChild')::numeric, 0)))::integer,
    'price', case when (p_document ->> 'price')::numeric between 0 and 99999999 and p_document ->> 'status' <> 'black'
             then round((p_document ->> 'price')::numeric, app.currency_exponent(p_currency)) end,
    'channel', left(coalesce(nullif(btrim(p_document ->> 'channel'), ''), nullif(btrim(p_document ->> 'referer'), ''), 'beds24'), 50),
    'wishes', nullif(left(btrim(p_document ->> 'comments'), 2000), ''),
    'guest', jsonb_strip_nulls(jsonb_build_object(
      'first_name', coalesce(nullif(v_first, ''), nullif(v_last, ''), 'Guest'),
      'last_name', coalesce(nullif(v_last, ''), nullif(v_first, ''), 'Guest'),
      'phone', coalesce(app.phone_or_null(p_document ->> 'mobile'), app.phone_or_null(p_document ->> 'phone')),
      'email', case when v_email ~ '^[^\s@]{1,64}@[^\s@]{3,180}$' then v_email end,
      'language', case when v_language ~ '^[a-z]{2}$' then v_language end)));
  if num_nulls(v_stay ->> 'id', v_stay ->> 'modified_at', v_stay ->> 'arrives_on', v_stay ->> 'leaves_on') > 0
     or coalesce(v_stay ->> 'status', '') not in ('new', 'request', 'confirmed', 'cancelled', 'black', 'inquiry') then
    raise data_exception;
  end if;
  return v_stay;
exception
  when data_exception or sqlstate 'PT422' then
    raise exception 'Beds24 describes this booking in a form that cannot be read.'
      using errcode = 'PT422', detail = 'beds24_booking_unreadable', hint = 'Open it at Beds24 and save it again.';
end
$$;

comment on function app.beds24_stay(jsonb, text) is
  '{id, property_id, modified_at, status, is_no_show, room_id, unit_id, arrives_on, leaves_on, adults, children, price, channel, wishes, guest}. A guest without a name is called Guest, a phone without its country is left out: a booking is not lost for either. Price null: the rate of the room type.';
