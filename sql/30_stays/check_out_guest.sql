-- check_out_guest: a guest leaves and owes nothing.
-- may:      hotel:checkin:write
-- refuses:  permission_missing, booking_not_found, guest_not_in_house, stay_has_nights_left, folio_not_settled, deposit_not_settled, and what completing an approved change of the stay refuses
-- then:     the room is vacant and dirty, what was ordered for later is off the bill, the folio closes, the summary is queued, passing sessions from QR codes end
create or replace function api.check_out_guest(p_booking_id uuid, p_note text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_today date;
begin
  perform app.require('hotel:checkin:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.checkin_status = 'CHECKED_OUT' then
    return app.booking_json(p_booking_id);
  elsif v_booking.checkin_status <> 'CHECKED_IN' then
    raise exception 'The guest is not in house.'
      using errcode = 'PT409', detail = 'guest_not_in_house', hint = 'Check the guest in first, or cancel the booking.';
  end if;
  v_today := app.today(v_booking.property_id);
  if v_today < v_booking.check_out then
    raise exception 'The stay lasts until %.', app.printed(v_booking.check_out)
      using errcode = 'PT409', detail = 'stay_has_nights_left', hint = 'Shorten it first with change_stay_dates.';
  end if;
  perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id]);

  -- leave
  if v_today > v_booking.check_out then
    perform app.lay_out_overstay(v_booking, v_today);
  end if;
  update public.bookings as b
  set checkin_status = 'CHECKED_OUT', checked_out_at = app.now(), checked_out_on = v_today,
      cleaning_dnd_today = false, updated_at = app.now()
  where b.tenant_id = v_booking.tenant_id and b.id = p_booking_id;
  update public.rooms as r
  set occupancy = 'vacant', cleanliness = 'dirty', service_status = 'none', updated_at = app.now()
  where r.tenant_id = v_booking.tenant_id and r.id = v_booking.room_id;
  perform app.end_qr_sessions(p_booking_id, 'checked_out');

  -- the bill
  perform app.orders_follow_stay(p_booking_id);
  perform app.complete_approved_requests(p_booking_id);
  perform app.close_folio(p_booking_id, p_note);
  perform app.notify_guest(p_booking_id, 'checkout_summary', app.bill_variables(app.open_folio(p_booking_id)), null, 'checkout_summary:' || p_booking_id);
  perform app.emit_event('booking.checked_out', v_booking.property_id, p_booking_id, null, 'booking', p_booking_id,
    jsonb_build_object('room_id', v_booking.room_id, 'checked_out_on', v_today));
  return app.booking_json(p_booking_id);
end
$$;

alter function api.check_out_guest(uuid, text) owner to engine;
comment on function api.check_out_guest(uuid, text) is
  'Checks a guest out on the planned last day or later. The folio is settled, or p_note says why it is not. A guest who has left is answered as he is.';
revoke all on function api.check_out_guest(uuid, text) from public;
grant execute on function api.check_out_guest(uuid, text) to staff, admin;
