-- requests_follow_guest: what a guest still waits for is brought to the new room.
create or replace function app.requests_follow_guest(p_booking_id uuid, p_room_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- lock
  perform from portal.requests as r
  where r.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.phase <> 'closed'
  order by r.id
  for no key update;

  update portal.requests as r
  set room_id = p_room_id, updated_at = app.now()
  where r.tenant_id = app.tenant_id()
    and r.booking_id = p_booking_id
    and r.phase <> 'closed'
    and r.room_id is distinct from p_room_id
    and not (r.type_slug in ('maintenance', 'cleaning') and r.room_id is not null);
end
$$;

comment on function app.requests_follow_guest(uuid, uuid) is
  'Puts the booking''s open requests on the room. A repair and a cleaning stay with the room that needs them.';
