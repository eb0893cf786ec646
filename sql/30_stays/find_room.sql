-- find_room: the room a caller names.
-- refuses:  room_not_found
create or replace function app.find_room(p_property_id uuid, p_number text, p_id uuid)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_id uuid;
begin
  if p_number is null and p_id is null then
    return null;
  end if;
  select r.id into v_id
  from public.rooms as r
  where r.tenant_id = app.tenant_id()
    and r.property_id = p_property_id
    and r.is_active
    and (p_number is null or r.room_number = p_number)
    and (p_id is null or r.id = p_id);
  if not found then
    raise exception 'There is no such room in this property.'
      using errcode = 'PT404', detail = 'room_not_found';
  end if;
  return v_id;
end
$$;

comment on function app.find_room(uuid, text, uuid) is 'An active room of a property by number or id; null when none is named.';
