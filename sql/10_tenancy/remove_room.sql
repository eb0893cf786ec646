-- remove_room: a room is no longer in use.
-- may:      hotel:settings:write
-- refuses:  property_not_found, room_not_found, room_is_promised
-- then:     it cannot be booked; what happened in it keeps its number
create or replace function api.remove_room(p_property_code text, p_room_number text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_room public.rooms;
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  -- lock
  select r.* into v_room
  from public.rooms as r
  where r.tenant_id = app.tenant_id() and r.property_id = v_property.id and r.room_number = upper(btrim(p_room_number))
  for no key update;
  if not found then
    raise exception 'There is no such room.' using errcode = 'PT404', detail = 'room_not_found';
  elsif v_room.occupancy = 'occupied'
        or exists (select from public.stays as s
                   where s.tenant_id = v_room.tenant_id and s.room_id = v_room.id and s.released_at is null and s.ends_on >= app.today(v_property.id)) then
    raise exception 'Room % is promised to a guest.', app.printed(v_room.room_number)
      using errcode = 'PT409', detail = 'room_is_promised', hint = 'Move the guest to another room first.';
  end if;
  update public.rooms as r set is_active = false, updated_at = app.now()
  where r.tenant_id = app.tenant_id() and r.id = v_room.id and r.is_active;
  return jsonb_build_object('room_number', v_room.room_number, 'is_active', false);
end
$$;

alter function api.remove_room(text, text) owner to engine;
comment on function api.remove_room(text, text) is 'Takes a room out of use for good; adding it again brings it back. The same again changes nothing.';
revoke all on function api.remove_room(text, text) from public;
grant execute on function api.remove_room(text, text) to staff, admin;
