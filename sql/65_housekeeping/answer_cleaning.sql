-- answer_cleaning: one word from a guest about cleaning, written on a channel without a page.
-- may:      called where a guest's message is read, with the tenant set
-- refuses:  booking_not_found
-- then:     daily, stop or skip holds and the guest is told; null when the stay takes no such answer any more
create or replace function app.answer_cleaning(p_booking_id uuid, p_answer text, p_source text)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_state text;
begin
  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.room_id is not null then
    perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id]);
  end if;

  v_state := app.stay_state(v_booking.status, v_booking.checkin_status, v_booking.check_in, v_booking.check_out, app.today(v_booking.property_id));
  -- an end can be said for as long as there is something to end
  if coalesce(v_state, 'post_checkout') = 'post_checkout'
     or p_answer <> 'stop' and not 'cleaning_preferences' = any (app.open_features(v_booking.property_id, v_state)) then
    return null;
  end if;
  perform app.change_cleaning(
    v_booking,
    case p_answer
      when 'daily' then '{"daily": true, "skip_today": false}'::jsonb
      when 'stop' then '{"daily": false}'
      when 'skip' then '{"skip_today": true}'
    end,
    p_source);
  return app.cleaning_as_json(v_booking.id);
end
$$;

comment on function app.answer_cleaning(uuid, text, text) is
  'p_answer daily (every day from now on), stop (no longer every day) or skip (not today); p_source whatsapp, as bookings.cleaning_opt_in_source has it. {daily, time, times, do_not_disturb_today, skip_today, opted_in_at, opt_in_source}, or null.';
