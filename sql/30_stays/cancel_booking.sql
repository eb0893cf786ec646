-- cancel_booking: a stay that has not begun will not be.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, booking_not_found, reason_missing, booking_in_house, booking_checked_out, booking_is_a_no_show
-- then:     nights and room are free again; its open requests are cancelled; its code opens nothing
create or replace function api.cancel_booking(p_booking_id uuid, p_reason text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_requests integer;
begin
  perform app.require('hotel:bookings:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.status = 'cancelled' then
    return app.booking_json(p_booking_id);
  end if;
  perform app.reason_must_be_given(p_reason);
  if v_booking.checkin_status = 'CHECKED_IN' then
    raise exception 'The guest is in house; the stay cannot be cancelled.'
      using errcode = 'PT409', detail = 'booking_in_house', hint = 'Shorten the stay with change_stay_dates and check the guest out.';
  elsif v_booking.checkin_status = 'CHECKED_OUT' then
    raise exception 'The guest has stayed and left; there is nothing to cancel.'
      using errcode = 'PT409', detail = 'booking_checked_out';
  elsif v_booking.status = 'no_show' then
    raise exception 'The guest did not come; a no-show is not cancelled.'
      using errcode = 'PT409', detail = 'booking_is_a_no_show';
  end if;
  perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id]);
  perform app.lock_stay_nights(v_booking, null, v_booking.check_in, v_booking.check_out);

  -- give back
  v_requests := app.end_requests_of_booking(p_booking_id, 'cancel', btrim(p_reason));
  update public.bookings as b
  set status = 'cancelled', cancelled_at = app.now(), cancel_reason = btrim(p_reason), updated_at = app.now()
  where b.tenant_id = v_booking.tenant_id and b.id = p_booking_id;
  perform app.release_stays(p_booking_id);

  perform app.emit_event('booking.cancelled', v_booking.property_id, p_booking_id, null, 'booking', p_booking_id,
    jsonb_build_object('was', v_booking.status, 'requests_cancelled', v_requests));
  return app.booking_json(p_booking_id);
end
$$;

alter function api.cancel_booking(uuid, text) owner to engine;
comment on function api.cancel_booking(uuid, text) is 'Cancels a booking that has not begun, saying why. A cancelled one is answered as it is.';
revoke all on function api.cancel_booking(uuid, text) from public;
grant execute on function api.cancel_booking(uuid, text) to staff, admin;
