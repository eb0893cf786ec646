-- requests_follow_guest: what a guest still waits for is brought to the new room.
create or replace function app.requests_follow_guest(p_booking_id uuid, p_room_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests;
begin
  -- lock
  perform from portal.requests as r
  where r.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.phase <> 'closed'
  order by r.id
  for no key update;

  for v_request in
    update portal.requests as r
    set room_id = p_room_id, updated_at = app.now()
    where r.tenant_id = app.tenant_id()
      and r.booking_id = p_booking_id
      and r.phase <> 'closed'
      and r.room_id is distinct from p_room_id
      and not (r.type_slug in ('maintenance', 'cleaning') and r.room_id is not null)
    returning r.*
  loop
    -- the alarm that waits names the room that was left
    perform app.withdraw_alarm(v_request.id);
    perform app.set_alarm(v_request, v_request.id || ':' || app.new_id());
  end loop;
end
$$;

comment on function app.requests_follow_guest(uuid, uuid) is
  'Puts the booking''s open requests on the room, and their alarms. A repair and a cleaning stay with the room that needs them.';
