-- refresh_capacity: rooms, blocks or the allowance changed; what may be sold changes with them.
create or replace function app.refresh_capacity(p_tenant_id uuid, p_room_type_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- lock: nobody sells meanwhile
  perform from public.room_types as t
  where t.tenant_id = p_tenant_id and t.id = p_room_type_id
  for no key update;

  perform from public.room_type_nights as c
  where c.tenant_id = p_tenant_id and c.room_type_id = p_room_type_id
  order by c.night
  for no key update;

  update public.room_type_nights as c
  set capacity = greatest(c.sold, app.room_type_capacity(c.tenant_id, c.room_type_id, c.night))
  from public.room_types as t
  join public.properties as p on p.tenant_id = t.tenant_id and p.id = t.property_id
  where t.tenant_id = p_tenant_id
    and t.id = p_room_type_id
    and c.tenant_id = t.tenant_id
    and c.room_type_id = t.id
    and c.night >= app.today_in(p.time_zone);
end
$$;

comment on function app.refresh_capacity(uuid, uuid) is
  'Takes the capacity of a room type''s nights afresh, from today on. It never falls below what is sold: facts are rebooked by people, not refused.';
