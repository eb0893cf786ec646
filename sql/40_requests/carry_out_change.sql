-- carry_out_change: what was approved becomes so.
-- may:      called by the workflow trigger
-- refuses:  booking_not_found, what offered_change refuses, what set_stay_dates refuses, and what give_other_room refuses
-- then:     hours, dates, room or note of the booking; nights, segments, price and open requests with them; housekeeping told, and whoever decides on another such hour what it costs now
create or replace function app.carry_out_change(p_request portal.requests)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_offer jsonb;
begin
  -- lock
  v_booking := app.lock_booking(p_request.booking_id);
  if p_request.subtype in ('late_checkout', 'early_checkin') then
    perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id]);
    perform app.lock_stay_nights(v_booking, v_booking.room_id, v_booking.check_in - 1, v_booking.check_out + 1);
  end if;
  v_offer := app.offered_change(v_booking, p_request.subtype, p_request.details);

  case p_request.subtype
    when 'extend_stay', 'shorten_stay' then
      perform app.set_stay_dates(v_booking, v_booking.check_in, (v_offer ->> 'check_out')::date);
    when 'room_change' then
      perform app.give_other_room(v_booking, (v_offer ->> 'room_id')::uuid,
                                  left(coalesce(p_request.details ->> 'because', p_request.number), 200));
    when 'special_occasion' then
      update public.bookings as b
      set special_requests = concat_ws(chr(10), b.special_requests, p_request.title ->> 'en'), updated_at = app.now()
      where b.tenant_id = v_booking.tenant_id and b.id = v_booking.id;
    else
      update public.bookings as b
      set agreed_check_in_time = coalesce((v_offer ->> 'check_in_time')::time, b.agreed_check_in_time),
          agreed_check_out_time = coalesce((v_offer ->> 'check_out_time')::time, b.agreed_check_out_time), updated_at = app.now()
      where b.tenant_id = v_booking.tenant_id and b.id = v_booking.id;
      perform app.emit_event('booking.hours_agreed', v_booking.property_id, v_booking.id, null, 'booking', v_booking.id, v_offer - 'quoted');
      -- wishes for another hour that wait cost less by what this one does
      perform app.renew_cards(r)
      from portal.requests as r
      where r.tenant_id = p_request.tenant_id and r.booking_id = v_booking.id and r.type_slug = p_request.type_slug
        and r.subtype = p_request.subtype and r.phase = 'waiting' and r.id <> p_request.id;
  end case;
  if p_request.subtype <> 'special_occasion' then
    perform app.notify_team(p_request.property_id, 'housekeeping', 'request_status', app.request_variables(p_request), p_request.id,
                            'stay_changed:' || p_request.id);
  end if;
end
$$;

comment on function app.carry_out_change(portal.requests) is
  'Carries out an approved change of a stay, asked anew under the booking''s locks: if it is no longer possible, the approval fails with that slug.';
