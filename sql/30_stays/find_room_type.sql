-- find_room_type: the room type a caller names.
-- refuses:  room_type_not_found
create or replace function app.find_room_type(p_property_id uuid, p_code text, p_id uuid)
returns public.room_types
language plpgsql
stable
set search_path = ''
as $$
declare
  v_type public.room_types;
begin
  select t.* into v_type
  from public.room_types as t
  where t.tenant_id = app.tenant_id()
    and t.property_id = p_property_id
    and (p_code is null or t.code = p_code)
    and (p_id is null or t.id = p_id);
  if not found then
    raise exception 'There is no such room type in this property.'
      using errcode = 'PT404', detail = 'room_type_not_found';
  end if;
  return v_type;
end
$$;

comment on function app.find_room_type(uuid, text, uuid) is 'A room type of a property by code or id.';
