-- lay_stay_anew: a stay to come gets another type, room or dates, all at once.
-- may:      called by commands that have locked the booking
-- refuses:  room_not_found, room_is_not_double_booked, room_type_is_not_oversold
-- then:     what it held is given back and what it needs is taken; a draft holds nothing
create or replace function app.lay_stay_anew(p_booking public.bookings, p_room_type_id uuid, p_room_id uuid, p_check_in date, p_check_out date)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_wanted public.bookings := p_booking;
  v_from date;
begin
  if p_booking.status <> 'draft' then
    -- lock
    perform app.lock_rooms(p_booking.property_id, array[p_booking.room_id, p_room_id]);
    perform app.lock_nights(
      p_booking.tenant_id,
      array(select r.room_type_id from public.rooms as r
            where r.tenant_id = p_booking.tenant_id and r.id in (p_booking.room_id, p_room_id)
            union
            values (p_booking.room_type_id), (p_room_type_id)),
      least(p_check_in, p_booking.check_in), greatest(p_check_out, p_booking.check_out));
    v_wanted.room_type_id := p_room_type_id;
    v_from := app.prepare_stay(v_wanted, p_room_id, p_check_in, p_check_out);
    perform app.release_stays(p_booking.id);
  end if;

  update public.bookings as b
  set room_type_id = p_room_type_id, room_id = p_room_id, check_in = p_check_in, check_out = p_check_out, updated_at = app.now(),
      total_price = b.total_price + b.nightly_rate * (greatest(p_check_out - p_check_in, 1) - greatest(b.nights, 1))
  where b.tenant_id = p_booking.tenant_id and b.id = p_booking.id;
  if v_from is not null and p_room_id is not null then
    perform app.lay_out_stay(p_booking.id, p_room_id, v_from, p_check_out);
  end if;
  perform app.orders_follow_stay(p_booking.id);
  perform app.emit_event('booking.dates_changed', p_booking.property_id, p_booking.id, null, 'booking', p_booking.id,
    jsonb_build_object('check_in', p_check_in, 'check_out', p_check_out, 'room_id', p_room_id,
                       'was_check_in', p_booking.check_in, 'was_check_out', p_booking.check_out, 'was_room_id', p_booking.room_id));
end
$$;

comment on function app.lay_stay_anew(public.bookings, uuid, uuid, date, date) is
  'For a booking whose guest has not come: room type, room (or none) and dates change together, as another system agreed them. The price follows the nights.';
