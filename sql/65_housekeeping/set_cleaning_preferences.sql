-- set_cleaning_preferences: every day or not, when, and not today.
-- may:      a guest for the own booking while the portal shows it; members with hotel:requests:write for p_booking_id
-- refuses:  second_fact_needed, booking_not_found, field_invalid, feature_closed, field_unknown, cleaning_wish_empty, cleaning_wish_invalid, cleaning_time_closed
-- then:     the booking keeps it; today's unbegun cleaning is skipped where the guest wants none; the guest is told
create or replace function api.set_cleaning_preferences(p_preferences jsonb, p_booking_id uuid default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_is_guest boolean := app.session_role() = 'guest';
  v_booking public.bookings;
  v_state text;
begin
  if v_is_guest and app.level() = 'unproven' then
    perform app.require_identified();
  elsif not v_is_guest then
    perform app.require('hotel:requests:write');
  end if;
  v_booking := app.lock_booking(case when v_is_guest then app.booking_id() else p_booking_id end);
  select app.stay_state(v_booking.status, v_booking.checkin_status, v_booking.check_in, v_booking.check_out, app.today(v_booking.property_id)) into v_state;
  if coalesce(v_state, 'post_checkout') = 'post_checkout'
     or v_is_guest and not 'cleaning_preferences' = any (app.open_features(v_booking.property_id, v_state)) then
    raise exception 'Cleaning cannot be arranged at this point of the stay.'
      using errcode = 'PT409', detail = 'feature_closed', hint = 'It is open from before arrival until the day before departure.';
  end if;
  if v_booking.room_id is not null then
    perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id]);
  end if;
  perform app.change_cleaning(v_booking, app.cleaning_wish(p_preferences, v_booking.property_id), case when v_is_guest then 'portal' else 'staff' end);
  return app.cleaning_as_json(v_booking.id);
end
$$;

alter function api.set_cleaning_preferences(jsonb, uuid) owner to engine;
comment on function api.set_cleaning_preferences(jsonb, uuid) is
  'p_preferences: {daily: boolean, time: "HH:MM" or null for the property''s, do_not_disturb_today: boolean, skip_today: boolean}; what is left out stays. Answers them all. The same again changes nothing.';
revoke all on function api.set_cleaning_preferences(jsonb, uuid) from public;
grant execute on function api.set_cleaning_preferences(jsonb, uuid) to guest, staff, admin;
