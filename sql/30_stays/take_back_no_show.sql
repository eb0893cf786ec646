-- take_back_no_show: the guest comes after all, or it was the wrong booking.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, booking_not_found, reason_missing, booking_is_no_no_show, stay_is_over, room_not_found, room_is_not_double_booked, room_type_is_not_oversold, folio_closed, charge_is_reversed_once
-- then:     it is confirmed again, with its nights and its room if they are free; its fee is reversed; what expired stays expired
create or replace function api.take_back_no_show(p_booking_id uuid, p_reason text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_charge public.charges;
  v_from date;
begin
  perform app.require('hotel:bookings:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.status = 'confirmed' then
    return app.no_show_as_json(p_booking_id);
  elsif v_booking.status <> 'no_show' then
    raise exception 'This booking is %, not a no-show.', app.printed(v_booking.status)
      using errcode = 'PT409', detail = 'booking_is_no_no_show', hint = 'Make a new booking.';
  end if;
  perform app.reason_must_be_given(p_reason);
  if v_booking.check_out < app.today(v_booking.property_id) then
    raise exception 'This stay has ended already.'
      using errcode = 'PT409', detail = 'stay_is_over', hint = 'A manager reverses the fee on the bill.';
  end if;
  perform app.lock_rooms(v_booking.property_id, array[v_booking.room_id]);
  perform app.lock_stay_nights(v_booking, v_booking.room_id, v_booking.check_in, v_booking.check_out);

  -- take: what it kept first, so that it does not stand in its own way
  perform app.release_stays(p_booking_id);
  update public.bookings as b
  set keeps_nights = false, updated_at = app.now()
  where b.tenant_id = v_booking.tenant_id and b.id = p_booking_id;
  v_from := app.prepare_stay(v_booking, v_booking.room_id, v_booking.check_in, v_booking.check_out);
  update public.bookings as b
  set status = 'confirmed', updated_at = app.now()
  where b.tenant_id = v_booking.tenant_id and b.id = p_booking_id;
  if v_booking.room_id is not null then
    perform app.lay_out_stay(p_booking_id, v_booking.room_id, v_from, v_booking.check_out);
  end if;

  -- give back
  v_charge := app.no_show_charge(p_booking_id);
  if v_charge.id is not null then
    perform app.reverse_posting(v_charge, btrim(p_reason));
  end if;
  perform app.emit_event('booking.no_show_taken_back', v_booking.property_id, p_booking_id, null, 'booking', p_booking_id);
  return app.no_show_as_json(p_booking_id);
end
$$;

alter function api.take_back_no_show(uuid, text) owner to engine;
comment on function api.take_back_no_show(uuid, text) is
  'Makes a no-show a confirmed booking again, saying why, if its nights can still be had. A repeat is answered as it is. Beds24 is not told: it is taken back there as well.';
revoke all on function api.take_back_no_show(uuid, text) from public;
grant execute on function api.take_back_no_show(uuid, text) to staff, admin;
