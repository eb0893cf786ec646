-- lock_request: a request the caller may act on, locked.
-- may:      called by commands
-- refuses:  request_not_found
-- then:     the row is locked until commit
create or replace function app.lock_request(p_request_id uuid)
returns portal.requests
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests;
begin
  -- lock: the booking first, where the work on it may change it
  perform from public.bookings as b
  where b.tenant_id = app.tenant_id()
    and b.id = (select r.booking_id from portal.requests as r
                where r.tenant_id = app.tenant_id() and r.id = p_request_id and r.type_slug = 'booking_action' and r.phase <> 'closed')
  for no key update;
  -- lock: the room first, where the work on it changes it
  perform from public.rooms as m
  where m.tenant_id = app.tenant_id()
    and m.id = (select r.room_id from portal.requests as r
                where r.tenant_id = app.tenant_id() and r.id = p_request_id and r.type_slug = 'cleaning')
  for no key update;
  select r.* into v_request
  from portal.requests as r
  where r.tenant_id = app.tenant_id()
    and r.id = p_request_id
    and app.sees_property(r.property_id)
    and (app.session_role() is distinct from 'guest' or (r.booking_id = app.booking_id() and app.level() in ('context', 'identified')))
  for no key update;
  if not found then
    raise exception 'There is no such request.' using errcode = 'PT404', detail = 'request_not_found';
  end if;
  return v_request;
end
$$;

comment on function app.lock_request(uuid) is 'Locks a request of the caller''s tenant and properties, or of the guest''s own booking; any other is not found.';
