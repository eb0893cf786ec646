-- change_coming_beds24_stay: a stay that has not begun gets its dates, its room and its status from Beds24.
-- may:      called by change_beds24_stay
-- refuses:  booking_is_confirmed_here, and what the commands refuse
-- then:     held where it is pending or confirmed, given back where it is an inquiry
create or replace function app.change_coming_beds24_stay(
  p_booking public.bookings,
  p_stay jsonb,
  p_room_type_id uuid,
  p_room_id uuid,
  p_is_time_new boolean,
  p_is_status_new boolean
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_check_in date := case when p_is_time_new then (p_stay ->> 'arrives_on')::date else p_booking.check_in end;
  v_check_out date := case when p_is_time_new then (p_stay ->> 'leaves_on')::date else p_booking.check_out end;
  v_status text := case when p_is_status_new
    then case p_stay ->> 'status' when 'confirmed' then 'confirmed' when 'request' then 'pending' else 'draft' end
    else p_booking.status end;
begin
  if p_booking.status = 'confirmed' and v_status <> 'confirmed' then
    raise exception 'This booking is confirmed here, and at Beds24 it is no more.'
      using errcode = 'PT409', detail = 'booking_is_confirmed_here', hint = 'Confirm it at Beds24, or cancel it there.';
  elsif p_booking.status = 'pending' and v_status = 'draft' then
    -- an inquiry again: it holds nothing
    perform app.lock_rooms(p_booking.property_id, array[p_booking.room_id]);
    perform app.lock_stay_nights(p_booking, null, p_booking.check_in, p_booking.check_out);
    perform app.release_stays(p_booking.id);
    update public.bookings as b set status = 'draft', updated_at = app.now() where b.tenant_id = p_booking.tenant_id and b.id = p_booking.id;
  end if;

  if (p_room_type_id, v_check_in, v_check_out) <> (p_booking.room_type_id, p_booking.check_in, p_booking.check_out)
     or p_room_id is distinct from p_booking.room_id then
    perform app.lay_stay_anew(app.lock_booking(p_booking.id), p_room_type_id, p_room_id, v_check_in, v_check_out);
  end if;
  if p_booking.status = 'draft' and v_status = 'pending' then
    perform app.hold_or_note(app.lock_booking(p_booking.id), 'pending', p_room_id);
  elsif p_booking.status <> 'confirmed' and v_status = 'confirmed' then
    perform api.confirm_booking(p_booking.id, p_room_id);
  end if;
  if p_is_status_new and (p_stay ->> 'is_no_show')::boolean then
    perform app.note_no_show(app.lock_booking(p_booking.id));
  end if;
end
$$;

comment on function app.change_coming_beds24_stay(public.bookings, jsonb, uuid, uuid, boolean, boolean) is
  'A promise that was made here is not taken back by an import: a human hears of it.';
