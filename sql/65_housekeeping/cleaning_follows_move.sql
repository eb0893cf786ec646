-- cleaning_follows_move: a guest who moves leaves a room to be cleaned, and takes no unbegun cleaning along.
create or replace function app.cleaning_follows_move(p_booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests;
begin
  for v_request in
    select r.*
    from portal.requests as r
    where r.tenant_id = p_booking.tenant_id and r.booking_id = p_booking.id and r.type_slug = 'cleaning' and r.status in ('new', 'assigned')
    order by r.id
    for no key update
  loop
    perform app.perform_action(v_request, 'skip', jsonb_build_object('reason', 'The guest moved to another room.'));
  end loop;
  perform app.add_departure_cleaning(p_booking.property_id, p_booking.room_id);
end
$$;

comment on function app.cleaning_follows_move(public.bookings) is
  'Takes the booking as it was before. What was begun is finished where it is; field rule: a move cancels a cleaning that was not started and makes a departure cleaning for the old room.';
