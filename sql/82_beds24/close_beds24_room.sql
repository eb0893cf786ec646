-- close_beds24_room: Beds24 closes a room, without a guest.
-- may:      called by follow_beds24_booking
-- refuses:  beds24_room_unknown, room_not_found, room_is_not_double_booked, room_type_is_not_oversold
-- then:     the room is out of order on those nights; another one than before is open again
create or replace function app.close_beds24_room(p_import notify.beds24_imports, p_property_id uuid, p_stay jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_from date := (p_stay ->> 'arrives_on')::date;
  v_until date := greatest((p_stay ->> 'leaves_on')::date, v_from + 1);
  v_place record := app.beds24_place(p_import.connection_id, p_stay);
  v_room_id uuid := v_place.room_id;
  v_block public.room_blocks;
begin
  select b.* into v_block from public.room_blocks as b
  where b.tenant_id = app.tenant_id() and b.id = p_import.block_id and b.released_at is null;
  if (v_block.starts_on, v_block.ends_on) = (v_from, v_until) and v_block.room_id = coalesce(v_room_id, v_block.room_id) then
    return;
  end if;
  perform app.open_beds24_room(p_import);

  -- which one: of a whole type any that is free
  v_room_id := coalesce(v_room_id, (
    select a.room_ids[1] from app.available_rooms(p_property_id, v_from, v_until) as a where a.room_type_id = v_place.room_type_id));
  perform app.lock_rooms(p_property_id, array[v_room_id]);
  if not coalesce(v_room_id = any (array(
    select unnest(a.room_ids) from app.available_rooms(p_property_id, v_from, v_until) as a
    where a.room_type_id = (select r.room_type_id from public.rooms as r where r.tenant_id = app.tenant_id() and r.id = v_room_id)
      and a.sellable > 0)), false) then
    raise exception 'Beds24 closes a room that has guests between % and %.', app.printed(v_from), app.printed(v_until)
      using errcode = 'PT409', detail = 'room_is_not_double_booked', hint = app.free_rooms_hint(p_property_id, v_from, v_until, null);
  end if;

  insert into public.room_blocks (tenant_id, room_id, kind, starts_on, ends_on, reason, created_at, updated_at)
  values (app.tenant_id(), v_room_id, 'out_of_order', v_from, v_until, 'Closed at Beds24', app.now(), app.now())
  returning * into v_block;
  update notify.beds24_imports as i set block_id = v_block.id where i.tenant_id = app.tenant_id() and i.id = p_import.id;
end
$$;

comment on function app.close_beds24_room(notify.beds24_imports, uuid, jsonb) is
  'Blocks the room that the unit means, or any free one of the type, over [arrival, departure). A room with guests is not closed over their heads.';
