-- room_must_be_ready: a guest is given a room that is empty, open and clean.
-- refuses:  room_not_vacant, room_out_of_order, room_not_ready
create or replace function app.room_must_be_ready(p_room_id uuid, p_today date)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_room record;
begin
  select r.room_number, r.occupancy, r.cleanliness,
         app.setting(r.property_id, 'check_in_requires_ready_room', 'true') <> 'false' as must_be_clean,
         exists (
           select from public.room_blocks as k
           where k.tenant_id = r.tenant_id and k.room_id = r.id and k.kind = 'out_of_order' and k.released_at is null
             and k.starts_on <= p_today and k.ends_on > p_today) as is_out_of_order
  into v_room
  from public.rooms as r
  where r.tenant_id = app.tenant_id() and r.id = p_room_id;

  if v_room.occupancy = 'occupied' then
    raise exception 'Room % is still occupied.', app.printed(v_room.room_number)
      using errcode = 'PT409', detail = 'room_not_vacant', hint = 'Check its guest out first, or give another room.';
  end if;
  if v_room.is_out_of_order then
    raise exception 'Room % is out of order.', app.printed(v_room.room_number)
      using errcode = 'PT409', detail = 'room_out_of_order', hint = 'Give another room.';
  end if;
  if v_room.cleanliness in ('clean', 'inspected') then
    return array[]::text[];
  end if;
  if v_room.must_be_clean then
    raise exception 'Room % is not ready: it is %.', app.printed(v_room.room_number), app.printed(v_room.cleanliness)
      using errcode = 'PT409', detail = 'room_not_ready', hint = 'Have it cleaned first, or give another room.';
  end if;
  return array['room_not_ready'];
end
$$;

comment on function app.room_must_be_ready(uuid, date) is
  'Refuses a room that is occupied, out of order or not clean. Where the setting check_in_requires_ready_room is false, one that is not clean is given with the warning room_not_ready.';
