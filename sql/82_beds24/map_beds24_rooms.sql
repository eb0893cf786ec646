-- map_beds24_rooms: which rooms of Beds24 are which of ours.
-- may:      hotel:settings:write
-- refuses:  permission_missing, property_not_found, beds24_not_connected, field_invalid, room_type_not_found, room_not_found, beds24_room_means_one_thing
-- then:     the mapping is this; bookings that waited for it are tried again
create or replace function api.map_beds24_rooms(p_property_code text, p_rooms jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_connection notify.beds24_connections;
  v_room jsonb;
  v_type_id uuid;
begin
  perform app.require('hotel:settings:write');
  v_connection := app.find_beds24_connection(p_property_code);
  if coalesce(jsonb_typeof(p_rooms), '') <> 'array' or exists (
    select from jsonb_array_elements(p_rooms) as r
    where app.whole_number(r -> 'beds24_room_id') is null or coalesce(r ->> 'room_type_code', '') = ''
       or jsonb_typeof(coalesce(r -> 'units', '{}')) <> 'object'
       or exists (select from jsonb_object_keys(case when jsonb_typeof(r -> 'units') = 'object' then r -> 'units' else '{}' end) as u where u !~ '^[1-9][0-9]{0,5}$')) then
    raise exception 'The mapping cannot be read.'
      using errcode = 'PT422', detail = 'field_invalid', hint = 'Send [{"beds24_room_id": 50001, "room_type_code": "STANDARD", "units": {"1": "101"}}]; units may be left out.';
  end if;

  -- lock
  perform from notify.beds24_connections as c where c.tenant_id = v_connection.tenant_id and c.id = v_connection.id for no key update;
  delete from notify.beds24_rooms as r where r.tenant_id = v_connection.tenant_id and r.connection_id = v_connection.id;
  for v_room in select r from jsonb_array_elements(p_rooms) as r loop
    v_type_id := (app.find_room_type(v_connection.property_id, v_room ->> 'room_type_code', null)).id;
    insert into notify.beds24_rooms (tenant_id, connection_id, property_id, beds24_room_id, unit_id, room_type_id, room_id, created_at)
    select v_connection.tenant_id, v_connection.id, v_connection.property_id, app.whole_number(v_room -> 'beds24_room_id'), u.unit_id, v_type_id,
           case when u.unit_id > 0 then app.find_room(v_connection.property_id, u.room_number, null) end, app.now()
    from (select 0 as unit_id, null as room_number
          union all
          select u.key::integer, u.value from jsonb_each_text(coalesce(v_room -> 'units', '{}')) as u) as u;
  end loop;

  update notify.beds24_imports as i
  set asked = i.asked + 1
  where i.tenant_id = v_connection.tenant_id and i.connection_id = v_connection.id and i.outcome = 'problem' and i.asked = i.answered;
  perform app.wake('outbox');
  return p_rooms;
exception
  when unique_violation then
    raise exception 'A room of Beds24 is named twice.'
      using errcode = 'PT422', detail = 'beds24_room_means_one_thing', hint = 'Each of them means one room type.';
end
$$;

alter function api.map_beds24_rooms(text, jsonb) owner to engine;
comment on function api.map_beds24_rooms(text, jsonb) is
  'Replaces the whole mapping: [{beds24_room_id, room_type_code, units: {unit: room number}}]. The same again changes nothing but that bookings which wait are tried again.';
revoke all on function api.map_beds24_rooms(text, jsonb) from public;
grant execute on function api.map_beds24_rooms(text, jsonb) to staff, admin;
