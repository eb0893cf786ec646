-- lock_rooms: the rooms a command is about, in one order, before anything is written to stays.
-- refuses:  room_not_found
create or replace function app.lock_rooms(p_property_id uuid, p_room_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_wanted uuid[] := array(select distinct i from unnest(p_room_ids) as i where i is not null);
begin
  perform from public.rooms as r
  where r.tenant_id = app.tenant_id()
    and r.property_id = p_property_id
    and r.id = any (v_wanted)
  order by r.id
  for no key update;

  if (select count(*) from public.rooms as r
      where r.tenant_id = app.tenant_id() and r.property_id = p_property_id and r.id = any (v_wanted))
     < cardinality(v_wanted) then
    raise exception 'There is no such room in this property.'
      using errcode = 'PT404', detail = 'room_not_found';
  end if;
end
$$;

comment on function app.lock_rooms(uuid, uuid[]) is
  'Locks rooms of a property in order of id; nulls are passed over. Without it the exclusion constraint on stays would deadlock in a chain.';
