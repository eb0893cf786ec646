-- beds24_place: which of our rooms a room of Beds24 means.
-- may:      called by book_beds24_stay, change_beds24_stay and close_beds24_room
-- refuses:  beds24_room_unknown
-- then:     nothing
create or replace function app.beds24_place(p_connection_id uuid, p_stay jsonb, out room_type_id uuid, out room_id uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  select u.room_type_id, u.room_id into room_type_id, room_id
  from notify.beds24_rooms as u
  where u.tenant_id = app.tenant_id() and u.connection_id = p_connection_id
    and u.beds24_room_id = (p_stay ->> 'room_id')::bigint and u.unit_id in (0, (p_stay ->> 'unit_id')::integer)
  order by u.unit_id desc
  limit 1;
  if not found then
    raise exception 'Room % of Beds24 means none of ours yet.', app.printed(coalesce(p_stay ->> 'room_id', '?'))
      using errcode = 'PT409', detail = 'beds24_room_unknown', hint = 'Say which room type it is, on the Beds24 page of the office.';
  end if;
end
$$;

comment on function app.beds24_place(uuid, jsonb) is 'Room type, and the room where the unit is known as one.';
