-- portal_resolve_code: what a code stands for, as much of it as a code alone may show.
-- may:      anyone with the code
-- refuses:  portal_code_unknown, too_many_tries, method_not_allowed, answer_is_taken_whole
-- then:     a wrong try is counted
create or replace function api.portal_resolve_code(p_code text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_is_identified boolean := app.level() = 'identified';
  v_session_booking uuid := case when app.level() <> 'unproven' then app.booking_id() end;
  v_address text := app.address();
  v_try record;
  v_stay record;
  v_answer jsonb;
begin
  perform app.must_leave_a_trace();
  v_try := app.try_code(p_code, v_address, null);
  if v_try.outcome = 'throttled' then
    return app.answer(429, 'too_many_tries', 'Too many tries.', 'Wait a little, then open the link from the message again.', v_try.retry_after);
  elsif v_try.outcome = 'unknown' then
    return app.answer(404, 'portal_code_unknown', 'This code opens no stay.', 'Open the link from your message again, or ask reception for a new one.');
  end if;

  select b.check_in, b.check_out, b.status, b.checkin_status, b.property_id, b.auto_daily_cleaning, b.cleaning_pref_time,
         b.beds24_booking_id, b.guest_id, g.first_name, g.last_name, g.language, g.phone, g.email, g.dietary_notes,
         p.code, p.name, p.time_zone, p.currency, r.room_number,
         coalesce(b.agreed_check_in_time, p.check_in_time) as check_in_time, coalesce(b.agreed_check_out_time, p.check_out_time) as check_out_time
  into v_stay
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  left join public.rooms as r on r.tenant_id = b.tenant_id and r.id = b.room_id
  where b.tenant_id = app.tenant_id() and b.id = v_try.booking_id;

  v_answer := jsonb_build_object(
    'property', jsonb_build_object('code', v_stay.code, 'name', v_stay.name, 'time_zone', v_stay.time_zone),
    'second_fact_needed', v_try.must_prove);
  if v_try.must_prove and v_session_booking is distinct from v_try.booking_id then
    return v_answer;
  end if;

  v_answer := v_answer || jsonb_build_object(
    'booking', jsonb_build_object('check_in', v_stay.check_in, 'check_out', v_stay.check_out),
    'guest', jsonb_build_object('first_name', v_stay.first_name, 'language', v_stay.language),
    'state', v_try.state,
    'features', to_jsonb(app.open_features(v_stay.property_id, v_try.state)));
  if v_session_booking = v_try.booking_id then
    v_answer := jsonb_set(v_answer, '{booking}', v_answer -> 'booking' || jsonb_build_object(
        'id', v_try.booking_id, 'beds24_booking_id', v_stay.beds24_booking_id, 'status', v_stay.status, 'checkin_status', v_stay.checkin_status,
        'room', v_stay.room_number));
    v_answer := jsonb_set(v_answer, '{guest}', v_answer -> 'guest' || jsonb_build_object(
        'id', v_stay.guest_id, 'last_name', case when v_is_identified then v_stay.last_name end,
        'phone', app.own_contact(v_stay.phone, v_is_identified), 'email', app.own_contact(v_stay.email, v_is_identified)));
    v_answer := jsonb_set(v_answer, '{property}', v_answer -> 'property' || jsonb_build_object(
        'id', v_stay.property_id, 'currency', v_stay.currency,
        'check_in_time', to_char(v_stay.check_in_time, 'HH24:MI'), 'check_out_time', to_char(v_stay.check_out_time, 'HH24:MI')));
    v_answer := v_answer || jsonb_build_object('preferences', jsonb_build_object(
        'auto_daily_cleaning', v_stay.auto_daily_cleaning, 'cleaning_pref_time', v_stay.cleaning_pref_time,
        'dietary_notes', case when v_is_identified then v_stay.dietary_notes end));
  end if;
  return v_answer;
end
$$;

alter function api.portal_resolve_code(text) owner to engine;
comment on function api.portal_resolve_code(text) is
  'The stay behind a code: {booking, guest, property, state, features}; with the guest''s own session also ids, room, status, the property''s currency and the stay''s hours, preferences and contact data as app.own_contact shows it; last name and dietary notes once identified. Any dead or unknown code is the same 404; POST only, because wrong tries are counted; a right one again changes nothing.';
revoke all on function api.portal_resolve_code(text) from public;
grant execute on function api.portal_resolve_code(text) to anon, guest;
