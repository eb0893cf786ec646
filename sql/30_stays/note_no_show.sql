-- note_no_show: the guest did not come.
-- may:      called by commands that have locked the booking
-- refuses:  booking_in_house, booking_checked_out, booking_not_confirmed
-- then:     the nights are free again, or kept, as the property's policy says; its open requests expire; its code opens nothing
create or replace function app.note_no_show(p_booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_frees boolean := app.setting(p_booking.property_id, 'no_show:frees_nights', 'true')::boolean;
begin
  if p_booking.checkin_status = 'CHECKED_IN' then
    raise exception 'The guest is in house, and was said not to have come.'
      using errcode = 'PT409', detail = 'booking_in_house', hint = 'Ask at the desk who is in the room.';
  elsif p_booking.checkin_status = 'CHECKED_OUT' then
    raise exception 'The guest has stayed and left.'
      using errcode = 'PT409', detail = 'booking_checked_out', hint = 'Nothing is left to free.';
  elsif p_booking.status <> 'confirmed' then
    raise exception 'Only a confirmed booking can turn out a no-show.'
      using errcode = 'PT409', detail = 'booking_not_confirmed', hint = 'Cancel it instead.';
  end if;

  -- lock
  perform app.lock_rooms(p_booking.property_id, array[p_booking.room_id]);
  perform app.lock_stay_nights(p_booking, null, p_booking.check_in, p_booking.check_out);
  if v_frees then
    perform app.release_stays(p_booking.id);
  end if;
  update public.bookings as b
  set status = 'no_show', keeps_nights = not v_frees, updated_at = app.now()
  where b.tenant_id = p_booking.tenant_id and b.id = p_booking.id;
  perform app.emit_event('booking.no_show', p_booking.property_id, p_booking.id, null, 'booking', p_booking.id);
end
$$;

comment on function app.note_no_show(public.bookings) is
  'A no-show is not a cancellation: it has its own status, and by the property''s setting no_show:frees_nights frees what was held or keeps it. Its fee is mark_no_show''s: one that Beds24 reports is charged by the channel that sold the room, and not here as well.';
