-- change_rooms: the guest leaves one room and takes another.
create or replace function app.change_rooms(p_old_room_id uuid, p_new_room_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.rooms as r
  set occupancy = case r.id when p_new_room_id then 'occupied' else 'vacant' end,
      cleanliness = case r.id when p_new_room_id then r.cleanliness else 'dirty' end,
      service_status = case r.id when p_new_room_id then r.service_status else 'none' end,
      updated_at = app.now()
  where r.tenant_id = app.tenant_id()
    and r.id in (p_old_room_id, p_new_room_id)
$$;

comment on function app.change_rooms(uuid, uuid) is 'The old room is vacant and dirty, the new one occupied. Both are locked already.';
