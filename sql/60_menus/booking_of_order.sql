-- booking_of_order: the stay that a menu order is for, locked.
-- may:      called by commands of menu orders
-- refuses:  booking_not_found, booking_takes_no_requests, property_not_found, room_not_found
-- then:     one order of a stay at a time, in one zone
create or replace function app.booking_of_order(p_booking_id uuid, out booking public.bookings, out state text)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_place record;
begin
  -- lock
  select b.* into booking
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id and app.sees_property(b.property_id)
    and (app.session_role() is distinct from 'guest' or b.id = app.booking_id())
  for no key update;
  if not found then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found', hint = 'Members give on_behalf_of, a booking''s id.';
  end if;
  -- lock: shared, so that the zone in which the serving has its time stands still
  perform from public.properties as p where p.tenant_id = booking.tenant_id and p.id = booking.property_id for share;
  v_place := app.place_of_request(jsonb_build_object('on_behalf_of', p_booking_id));
  state := v_place.state;
end
$$;

comment on function app.booking_of_order(uuid) is 'A guest''s own booking, or one of a member''s properties; with its stay state.';
