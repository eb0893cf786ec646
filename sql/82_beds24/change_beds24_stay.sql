-- change_beds24_stay: what Beds24 changed since the version carried out last is changed here.
-- may:      called by follow_beds24_booking
-- refuses:  booking_cancelled_here, booking_is_confirmed_here, room_differs_in_house, and what the commands refuse
-- then:     what the desk decided meanwhile stands, where Beds24 says nothing new of it
create or replace function app.change_beds24_stay(p_import notify.beds24_imports, p_booking public.bookings, p_stay jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_was jsonb := coalesce(p_import.taken, '{}');
  v_is_status_new boolean := (v_was -> 'status', v_was -> 'is_no_show') is distinct from (p_stay -> 'status', p_stay -> 'is_no_show');
  v_is_place_new boolean := (v_was -> 'room_id', v_was -> 'unit_id') is distinct from (p_stay -> 'room_id', p_stay -> 'unit_id');
  v_is_time_new boolean := (v_was -> 'arrives_on', v_was -> 'leaves_on') is distinct from (p_stay -> 'arrives_on', p_stay -> 'leaves_on');
  v_type_id uuid;
  v_room_id uuid;
begin
  if p_booking.checkin_status = 'CHECKED_OUT' or not (v_is_status_new or v_is_place_new or v_is_time_new) then
    perform app.note_beds24_details(p_booking.id, v_was, p_stay);
    return;
  elsif p_booking.status in ('cancelled', 'no_show') then
    if p_booking.status = 'cancelled' or not (p_stay ->> 'is_no_show')::boolean then
      raise exception 'Beds24 changes a booking that is % here.', app.printed(replace(p_booking.status, '_', ' '))
        using errcode = 'PT409', detail = 'booking_cancelled_here', hint = 'Cancel it at Beds24 as well, or book the guest anew.';
    end if;
    return;
  end if;
  if v_is_place_new then
    select p.room_type_id, p.room_id into v_type_id, v_room_id from app.beds24_place(p_import.connection_id, p_stay) as p;
  end if;
  -- without a unit that we know, the room that the desk gave stands
  v_type_id := coalesce(v_type_id, p_booking.room_type_id);
  v_room_id := coalesce(v_room_id, case when v_type_id = p_booking.room_type_id then p_booking.room_id end);

  if p_booking.checkin_status = 'CHECKED_IN' then
    if (p_stay ->> 'is_no_show')::boolean then
      perform app.note_no_show(p_booking);
    elsif coalesce(v_room_id, p_booking.room_id) <> p_booking.room_id then
      raise exception 'Beds24 puts a guest who is in house into another room.'
        using errcode = 'PT409', detail = 'room_differs_in_house', hint = 'Move the guest, or put the booking back at Beds24.';
    elsif v_is_time_new then
      perform api.change_stay_dates(p_booking.id, null, p_stay ->> 'leaves_on');
    end if;
  else
    perform app.change_coming_beds24_stay(p_booking, p_stay, v_type_id, v_room_id, v_is_time_new, v_is_status_new);
  end if;
  perform app.note_beds24_details(p_booking.id, v_was, p_stay);
end
$$;

comment on function app.change_beds24_stay(notify.beds24_imports, public.bookings, jsonb) is
  'Compares with the version carried out last, not with the booking: our own charges at Beds24 change its modified time too, and must not undo a room or a night that reception gave.';
